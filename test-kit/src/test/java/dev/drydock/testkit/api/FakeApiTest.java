package dev.drydock.testkit.api;

import dev.drydock.client.resource.Api;
import dev.drydock.testkit.contract.ResourceClientContract;

class FakeApiTest implements ResourceClientContract {
  private final FakeApi api = new FakeApi();

  @Override
  public Api api() {
    return api;
  }
}
