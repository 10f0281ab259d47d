package dev.drydock.apiserver.typecheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.codec.YamlCodec;
import dev.drydock.api.meta.Revision;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.access.ObjectFollower;
import dev.drydock.apiserver.registry.RegistryFixture;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.WatchObserver;
import dev.drydock.apiserver.served.LiveTypes;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PolicyStatusControllerTest {
  private static final String POLICIES =
      "admissionregistration.k8s.io/v1/validatingadmissionpolicies";

  /// Keeps the states that a watch tells of.
  private record Told(LinkedBlockingQueue<JsonNode> states) implements WatchObserver {
    @Override
    public boolean events(List<WatchItem> events) {
      return events.stream().allMatch(item -> states.add(item.object().tree()));
    }

    @Override
    public void bookmark(Revision revision, boolean initialEventsEnd) {}

    @Override
    public void ended(ApiException cause) {}

    @Override
    public void completed() {}
  }

  @Test
  void theStatusTellsWhatDoesNotFitInWhichGeneration() throws InterruptedException {
    try (var fixture = new RegistryFixture()) {
      var controller =
          new PolicyStatusController(
              listener ->
                  new ObjectFollower(
                      fixture.cache, PolicyStatusController.POLICIES, fixture.clock, listener),
              new PolicyStatusController.Means(
                  fixture.registry,
                  new LiveTypes(),
                  fixture.registry::schema,
                  fixture.clock,
                  fixture.clock));
      controller.start();
      var told = new Told(new LinkedBlockingQueue<>());
      fixture.registry.watch(
          fixture.context, RegistryFixture.target(POLICIES, "", ""), ReadOptions.NONE, told);
      fixture.registry.create(
          fixture.context,
          RegistryFixture.target(POLICIES, "", ""),
          YamlCodec.decode(
                  """
                  metadata: {name: p}
                  spec:
                    matchConstraints:
                      resourceRules:
                      - {operations: ['*'], apiGroups: [''], apiVersions: [v1], resources: [pods]}
                    validations: [{expression: object.spec.colour == 'red'}]
                  """)
              .tree(),
          RegistryFixture.STORED);

      JsonNode state = told.states().poll(10, TimeUnit.SECONDS);
      while (state != null && state.at("/status/observedGeneration").isMissingNode()) {
        state = told.states().poll(10, TimeUnit.SECONDS);
      }
      controller.close();

      assertThat(state).isNotNull();
      assertThat(state.at("/status/observedGeneration").longValue()).isEqualTo(1);
      assertThat(state.at("/status/typeChecking/expressionWarnings/0/warning").stringValue())
          .contains("undefined field 'colour'");
      assertThat(state.at("/metadata/managedFields/0/subresource").stringValue())
          .isEqualTo("status");
    }
  }
}
