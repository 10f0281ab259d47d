package dev.drydock.apiserver.registry;

import static dev.drydock.apiserver.registry.RegistryFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.api.codec.YamlCodec;
import dev.drydock.api.meta.ResourceType;
import dev.drydock.apiserver.registry.customresource.CustomResources;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.Target;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What MutatingAdmissionPolicies make of objects, and how often.
class MutatingPolicyTest {
  private static final String GROUP = "admissionregistration.k8s.io/v1/";
  private static final String FLEET =
      """
      metadata: {name: fleets.example.com, uid: u}
      spec:
        group: example.com
        scope: Cluster
        names: {plural: fleets, singular: fleet, kind: Fleet, listKind: FleetList}
        versions:
        - name: v1
          served: true
          storage: true
          schema:
            openAPIV3Schema:
              type: object
              x-kubernetes-preserve-unknown-fields: true
              properties:
                flag: {type: string}
                ships:
                  type: array
                  x-kubernetes-list-type: map
                  x-kubernetes-list-map-keys: [name]
                  items:
                    type: object
                    required: [name]
                    properties: {name: {type: string}, masts: {type: integer}}
      status:
        acceptedNames: {plural: fleets, singular: fleet, kind: Fleet, listKind: FleetList}
      """;

  private final RegistryFixture api = new RegistryFixture();

  @AfterEach
  void close() {
    api.close();
  }

  private void policy(String name, String resource, String more, String binding) {
    configure(
        "mutatingadmissionpolicies",
        """
        metadata: {name: %s}
        spec:
          matchConstraints:
            resourceRules:
            - operations: [CREATE]
              apiGroups: ['*']
              apiVersions: ['*']
              resources: [%s]
        """
                .formatted(name, resource)
            + more.indent(2));
    configure(
        "mutatingadmissionpolicybindings",
        "{metadata: {name: %s}, spec: {policyName: %s%s}}".formatted(name, name, binding));
  }

  private void configure(String resource, String yaml) {
    api.registry.create(
        api.context,
        RegistryFixture.target(GROUP + resource, "", ""),
        YamlCodec.decode(yaml).tree(),
        RegistryFixture.STORED);
    api.list(GROUP + resource, "", ReadOptions.NONE);
  }

  private static String applying(String reinvocation, String expression) {
    return """
    reinvocationPolicy: %s
    mutations:
    - patchType: ApplyConfiguration
      applyConfiguration:
        expression: >-
          %s
    """
        .formatted(reinvocation, expression);
  }

  private JsonNode pod() {
    return api.create(
            "pods",
            "default",
            "{metadata: {name: p}, spec: {containers: [{name: main, image: nginx, command:"
                + " [run]}]}}")
        .object()
        .tree();
  }

  @Test
  void anAppliedPartAddsToListsByTheirKeys() {
    policy(
        "sidecar",
        "pods",
        applying(
            "Never",
            "Object{spec: Object.spec{containers: [Object.spec.containers{name: 'main',"
                + " imagePullPolicy: 'Never'}, Object.spec.containers{name: 'side', image:"
                + " 'busybox'}]}}"),
        "");

    JsonNode containers = pod().at("/spec/containers");

    assertThat(containers).hasSize(2);
    assertThat(text(containers, "/0/image")).isEqualTo("nginx");
    assertThat(text(containers, "/0/imagePullPolicy")).isEqualTo("Never");
    assertThat(text(containers, "/0/command/0")).isEqualTo("run");
    assertThat(text(containers, "/1/name")).isEqualTo("side");
  }

  @Test
  void anAppliedPartMayNotReplaceWhatIsAtomic() {
    policy(
        "atomic",
        "pods",
        applying(
            "Never",
            "Object{spec: Object.spec{containers: [Object.spec.containers{name: 'main', command:"
                + " ['other']}]}}"),
        "");

    assertThatThrownBy(this::pod)
        .hasMessageContaining(
            "denied request: error applying patch: invalid ApplyConfiguration: may not mutate"
                + " atomic arrays, maps or structs: .spec.containers[0].command");
  }

  @Test
  void anAppliedPartMustFitTheSchema() {
    policy("unknown", "pods", applying("Never", "Object{spec: Object.spec{colour: 'red'}}"), "");

    assertThatThrownBy(this::pod)
        .hasMessageContaining(
            "error applying patch: failed to convert patch object to typed object:"
                + " .spec.colour: field not declared in schema");
  }

  /// Counts how often it looked, by appending to a label.
  private static String counting(String label) {
    return "Object{metadata: Object.metadata{labels: {'"
        + label
        + "': has(object.metadata.labels) && '"
        + label
        + "' in object.metadata.labels ? object.metadata.labels['"
        + label
        + "'] + 'x' : 'x'}}}";
  }

  @Test
  void aPolicyLooksAgainWhenAnotherOneChangedTheObjectAfterIt() {
    policy("a", "configmaps", applying("IfNeeded", counting("a")), "");
    policy("b", "configmaps", applying("Never", counting("b")), "");
    policy("c", "configmaps", applying("IfNeeded", counting("c")), "");

    JsonNode made = api.create("configmaps", "default", "{metadata: {name: m}}").object().tree();

    assertThat(text(made, "/metadata/labels/a")).as("b and c came after it").isEqualTo("xx");
    assertThat(text(made, "/metadata/labels/b")).as("never again").isEqualTo("x");
    assertThat(text(made, "/metadata/labels/c")).as("nobody came after it").isEqualTo("x");
  }

  private ResourceType fleets() {
    var definition =
        new CustomResources(api.registry::conversion).of(YamlCodec.decode(FLEET).tree());
    api.registry.serve(List.of(definition));
    return definition.versions().getFirst().type();
  }

  private ObjectNode fleet(ResourceType type, String yaml) {
    ObjectNode body = YamlCodec.decode(yaml).tree();
    body.put("apiVersion", type.apiVersion()).put("kind", type.kind());
    return api.registry
        .create(api.context, new Target(type, "", "", ""), body, RegistryFixture.STORED)
        .object()
        .tree();
  }

  @Test
  void customResourcesArePatchedByTheirOwnSchema() {
    ResourceType type = fleets();
    policy(
        "fleet",
        "fleets",
        applying(
            "Never", "Object{ships: [Object.ships{name: 'titanic', masts: 2}], flag: 'black'}"),
        "");

    ObjectNode made =
        fleet(type, "{metadata: {name: f}, ships: [{name: mayflower}, {name: titanic}]}");

    assertThat(text(made, "/flag")).isEqualTo("black");
    assertThat(made.path("ships")).hasSize(2);
    assertThat(text(made, "/ships/1/masts")).isEqualTo("2");
  }

  @Test
  void customResourcesMayBeParameters() {
    ResourceType type = fleets();
    fleet(type, "{metadata: {name: one}, flag: blue}");
    policy(
        "flagged",
        "configmaps",
        "paramKind: {apiVersion: example.com/v1, kind: Fleet}\n"
            + applying(
                "Never",
                "Object{metadata: Object.metadata{labels: {'flag': string(params.flag)}}}"),
        ", paramRef: {name: one, parameterNotFoundAction: Deny}");

    JsonNode made = api.create("configmaps", "default", "{metadata: {name: m}}").object().tree();

    assertThat(text(made, "/metadata/labels/flag")).isEqualTo("blue");
  }
}
