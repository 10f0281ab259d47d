package dev.drydock.apiserver.admission;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.schema.Schema;
import dev.drydock.apiserver.access.AccessAttributes;
import dev.drydock.apiserver.access.Authorizer.Verdict;
import dev.drydock.apiserver.admission.AdmissionRequest.Operation;
import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.User;
import dev.drydock.apiserver.request.WriteOptions.Persistence;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class OwnerReferencePermissionTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final ResourceType MAPS = BuiltInTypes.get().type("v1", "configmaps");
  private static final String PLAIN = "{\"metadata\": {\"name\": \"a\"}}";
  private static final String OWNED =
      """
      {"metadata": {"name": "a", "ownerReferences": [{"apiVersion": "v1", "kind": "ConfigMap",
        "name": "o", "uid": "1", "blockOwnerDeletion": %s}]}}
      """;

  /// Knows the type of config maps, and nothing else.
  private static final class OneType implements Lookup {
    @Override
    public Optional<ObjectNode> find(String resource, String namespace, String name, Age age) {
      return Optional.empty();
    }

    @Override
    public List<ObjectNode> list(String resource) {
      return List.of();
    }

    @Override
    public List<ObjectNode> list(String resource, String namespace, Age age) {
      return List.of();
    }

    @Override
    public Set<ResourceType> types() {
      return Set.of(MAPS);
    }

    @Override
    public ObjectNode shown(ObjectNode object, ResourceType as) {
      return object;
    }

    @Override
    public Optional<Schema> schema(ObjectNode object, ResourceType as) {
      return Optional.empty();
    }

    @Override
    public ObjectNode taken(ObjectNode object, ResourceType shown, ResourceType asked) {
      return object;
    }
  }

  /// Writes as somebody who may do only this.
  private static void write(String allowed, @Nullable String before, String after) {
    var rule =
        new OwnerReferencePermission(
            new OneType(),
            right ->
                right instanceof AccessAttributes.Resource asked && asked.verb().equals(allowed)
                    ? new Verdict.Allow("")
                    : new Verdict.NoOpinion("no rule"));
    rule.validate(
        new AdmissionRequest(
            before == null ? Operation.CREATE : Operation.UPDATE,
            new RequestContext(
                User.of("eve", List.of()), "test", List.of(), Instant.EPOCH, _ -> {}),
            new Target(MAPS, "default", "a", ""),
            (ObjectNode) JSON.readTree(after),
            before == null ? null : (ObjectNode) JSON.readTree(before),
            Persistence.STORED));
  }

  @Test
  void whoGivesAnObjectAnOwnerMustBeAllowedToDeleteIt() {
    String owned = OWNED.formatted("false");
    assertThatCode(() -> write("get", null, owned)).doesNotThrowAnyException();
    assertThatCode(() -> write("delete", PLAIN, owned)).doesNotThrowAnyException();
    assertThatThrownBy(() -> write("get", PLAIN, owned))
        .hasMessage(
            "configmaps \"a\" is forbidden: cannot set an ownerRef on a resource you can't"
                + " delete: no rule, <nil>");
  }

  @Test
  void whoHoldsUpTheOwnersDeletionMustBeAllowedToSetFinalizersThere() {
    String blocking = OWNED.formatted("true");
    assertThatCode(() -> write("update", null, blocking)).doesNotThrowAnyException();
    assertThatCode(() -> write("get", blocking, blocking)).doesNotThrowAnyException();
    assertThatThrownBy(() -> write("get", null, blocking))
        .hasMessageContaining("a resource you can't set finalizers on: no rule, <nil>");
  }
}
