package dev.drydock.apiserver.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.StatusReason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// What ResourceQuotas let through, and that they never let through more.
final class QuotaTest {
  private final RegistryFixture fixture = new RegistryFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private void quota(String name, String spec, String hard, String used) {
    fixture.create(
        "resourcequotas", "default", "{metadata: {name: " + name + "}, spec: " + spec + "}");
    fixture.patchStatus("resourcequotas", name, "{hard: " + hard + ", used: " + used + "}");
    used(name, "pods");
  }

  private static String pod(String name, String resources) {
    return "{metadata: {name: "
        + name
        + "}, spec: {containers: [{name: c, image: nginx, resources: "
        + resources
        + "}]}}";
  }

  private String used(String quota, String resource) {
    return fixture
        .get("resourcequotas", "default", quota)
        .path("status")
        .path("used")
        .path(resource)
        .stringValue("");
  }

  @Test
  void aPodIsChargedAndTheNextOneRefused() {
    quota(
        "q",
        "{hard: {'requests.cpu': '1', pods: 5}}",
        "{'requests.cpu': '1', pods: '5'}",
        "{'requests.cpu': '0', pods: '0'}");
    fixture.create("pods", "default", pod("a", "{requests: {cpu: '600m'}}"));

    assertThat(used("q", "requests.cpu")).isEqualTo("600m");
    assertThat(used("q", "pods")).isEqualTo("1");
    assertThatThrownBy(
            () -> fixture.create("pods", "default", pod("b", "{requests: {cpu: '500m'}}")))
        .hasMessage(
            "pods \"b\" is forbidden: exceeded quota: q, requested: requests.cpu=500m, used:"
                + " requests.cpu=600m, limited: requests.cpu=1");
    assertThat(used("q", "pods")).isEqualTo("1");
  }

  @Test
  void aContainerMustSayWhatIsLimited() {
    quota("q", "{hard: {'requests.cpu': '1'}}", "{'requests.cpu': '1'}", "{'requests.cpu': '0'}");

    assertThatThrownBy(() -> fixture.create("pods", "default", pod("a", "{}")))
        .hasMessage("pods \"a\" is forbidden: failed quota: q: must specify requests.cpu for: c");
  }

  @Test
  void whatIsNotCountedYetIsUnknown() {
    quota("q", "{hard: {pods: '1'}}", "{pods: '1'}", "{}");

    assertThatThrownBy(() -> fixture.create("pods", "default", pod("a", "{}")))
        .hasMessage("pods \"a\" is forbidden: status unknown for quota: q, resources: pods");
  }

  @Test
  void aFailedWriteGivesBackWhatItWasCharged() {
    quota(
        "q",
        "{hard: {'count/configmaps': '5'}}",
        "{'count/configmaps': '5'}",
        "{'count/configmaps': '0'}");
    fixture.create("configmaps", "default", "{metadata: {name: a}}");

    assertThatThrownBy(() -> fixture.create("configmaps", "default", "{metadata: {name: a}}"))
        .isInstanceOf(ApiException.class)
        .matches(failure -> ((ApiException) failure).isAlreadyExists());
    assertThat(used("q", "count/configmaps")).isEqualTo("1");
  }

  @Test
  void aDryRunChargesNothing() {
    quota("q", "{hard: {configmaps: '1'}}", "{configmaps: '1'}", "{configmaps: '0'}");
    fixture.registry.create(
        fixture.context,
        RegistryFixture.target("configmaps", "default", ""),
        RegistryFixture.json("{metadata: {name: a}}"),
        RegistryFixture.DRY_RUN);

    assertThat(used("q", "configmaps")).isEqualTo("0");
  }

  @Test
  void whenOneQuotaRefusesTheOthersGetTheirsBack() {
    quota("a", "{hard: {pods: '5'}}", "{pods: '5'}", "{pods: '0'}");
    quota("b", "{hard: {pods: '0'}}", "{pods: '0'}", "{pods: '0'}");

    assertThatThrownBy(() -> fixture.create("pods", "default", pod("a", "{}")))
        .hasMessageContaining("exceeded quota: b");
    assertThat(used("a", "pods")).isEqualTo("0");
  }

  @Test
  void aScopedQuotaIsAboutItsPodsOnly() {
    quota("best", "{hard: {pods: '1'}, scopes: [BestEffort]}", "{pods: '1'}", "{pods: '0'}");
    quota(
        "high",
        "{hard: {pods: '1'}, scopeSelector: {matchExpressions: [{scopeName: PriorityClass,"
            + " operator: In, values: [high]}]}}",
        "{pods: '1'}",
        "{pods: '0'}");
    fixture.create("pods", "default", pod("a", "{requests: {cpu: '1'}}"));
    assertThat(used("best", "pods")).isEqualTo("0");
    fixture.create("pods", "default", pod("b", "{}"));

    assertThat(used("best", "pods")).isEqualTo("1");
    assertThat(used("high", "pods")).isEqualTo("0");
  }

  @Test
  void aServiceIsChargedForWhatAnUpdateAdds() {
    quota(
        "q",
        "{hard: {'services.nodeports': '2', 'services.loadbalancers': '0'}}",
        "{'services.nodeports': '2', 'services.loadbalancers': '0'}",
        "{'services.nodeports': '0', 'services.loadbalancers': '0'}");
    fixture.create("services", "default", "{metadata: {name: s}, spec: {ports: [{port: 80}]}}");
    ObjectNode service = fixture.get("services", "default", "s");
    ((ObjectNode) service.get("spec")).put("type", "NodePort");
    fixture.update("services", "default", service);
    assertThat(used("q", "services.nodeports")).isEqualTo("1");

    ObjectNode balanced = fixture.get("services", "default", "s");
    ((ObjectNode) balanced.get("spec")).put("type", "LoadBalancer");
    assertThatThrownBy(() -> fixture.update("services", "default", balanced))
        .hasMessageContaining(
            "exceeded quota: q, requested: services.loadbalancers=1, used:"
                + " services.loadbalancers=0, limited: services.loadbalancers=0");
  }

  @Test
  void manyCreatorsAtTwoServersNeverGetMoreThanThereIs() throws InterruptedException {
    quota("q", "{hard: {configmaps: '50'}}", "{configmaps: '50'}", "{configmaps: '0'}");
    List<Registry> servers = List.of(fixture.registry, fixture.registry(8));
    var made = new AtomicInteger();
    var refused = new AtomicInteger();
    var workers = new ArrayList<Thread>();
    for (int w = 0; w < 16; w++) {
      int worker = w;
      workers.add(
          Thread.startVirtualThread(
              () -> {
                for (int i = 0; i < 10; i++) {
                  try {
                    servers
                        .get(worker % 2)
                        .create(
                            fixture.context,
                            RegistryFixture.target("configmaps", "default", ""),
                            RegistryFixture.json("{metadata: {name: m-" + worker + "-" + i + "}}"),
                            RegistryFixture.STORED);
                    made.incrementAndGet();
                  } catch (ApiException full) {
                    assertThat(full.reason()).isEqualTo(StatusReason.FORBIDDEN);
                    refused.incrementAndGet();
                  }
                }
              }));
    }
    for (Thread worker : workers) {
      worker.join();
    }
    assertThat(made.get()).isEqualTo(50);
    assertThat(refused.get()).isEqualTo(110);
    assertThat(used("q", "configmaps")).isEqualTo("50");
  }
}
