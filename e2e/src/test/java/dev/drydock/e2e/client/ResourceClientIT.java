package dev.drydock.e2e.client;

import dev.drydock.client.resource.Api;
import dev.drydock.e2e.cluster.TestLab;
import dev.drydock.testkit.contract.ResourceClientContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/// The contract of the client over gRPC, TLS and a real etcd.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResourceClientIT implements ResourceClientContract {
  private final TestLab lab = TestLab.start(1, 1);

  @Override
  public Api api() {
    return lab.api();
  }

  @AfterAll
  void stop() {
    lab.close();
  }
}
