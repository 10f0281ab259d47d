package dev.drydock.e2e.client;

import dev.drydock.e2e.cluster.TestLab;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// The client libraries and tools that people have, unmodified, on one lab.
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StockClientsIT implements FabricRows, OfficialRows, OperatorRows, KubectlRows, ScriptRows {
  private final TestLab lab = TestLab.start(1, 1);

  @Override
  public TestLab lab() {
    return lab;
  }

  @BeforeAll
  void startAPod() {
    lab.kubectl("run", "box", "--image=nginx", "--port=80");
    lab.kubectl("wait", "pod/box", "--for=condition=Ready", "--timeout=60s");
  }

  @AfterAll
  void stop() {
    lab.close();
  }
}
