package dev.drydock.apiserver.fuzz;

import dev.drydock.api.codec.YamlCodec;
import dev.drydock.api.meta.GroupVersionKind;
import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Scope;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.schema.Schema;
import dev.drydock.api.schema.Schemas;
import dev.drydock.api.schema.TypeInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A good object, to be spoilt.
///
/// @param schema null: that of a custom kind, which is not asked for here
record Victim(ResourceType type, ObjectNode object, @Nullable Schema schema) {
  /// One of every kind; shared with the tests that drive kubectl.
  private static final Path KINDS = Path.of("..", "e2e", "src", "test", "resources", "kinds");

  /// Kinds whose objects would decide about the requests that follow.
  private static final Set<String> RULES =
      Set.of(
          "resourcequotas",
          "limitranges",
          "validatingwebhookconfigurations",
          "mutatingwebhookconfigurations",
          "validatingadmissionpolicies",
          "validatingadmissionpolicybindings",
          "mutatingadmissionpolicies",
          "mutatingadmissionpolicybindings",
          "customresourcedefinitions",
          "apiservices",
          "namespaces");

  private static final String GADGET =
      """
      {apiVersion: example.com/v1, kind: Gadget, metadata: {name: every}, spec: {color: red,
       ratio: 1.5, size: 10%, when: "2026-01-01T00:00:00Z", parts: [{name: a, value: b}],
       tags: [x, y], extra: {a: {b: c}}, more: {n: 1}}}
      """;

  static List<Victim> all() {
    List<Victim> all = new ArrayList<>();
    all.add(
        new Victim(
            new ResourceType("example.com", "v1", "gadgets", "Gadget", Scope.NAMESPACED),
            YamlCodec.decode(GADGET).tree(),
            null));
    for (String file : List.of("with-status.yaml", "without-status.yaml")) {
      try {
        for (JsonNode object : YamlCodec.readAll(Files.readString(KINDS.resolve(file)))) {
          all.add(of((ObjectNode) object));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return List.copyOf(all);
  }

  private static Victim of(ObjectNode object) {
    var kind =
        GroupVersionKind.of(object.path("apiVersion").asString(), object.path("kind").asString());
    TypeInfo info = BuiltInTypes.get().ofKind(kind).orElseThrow();
    return new Victim(info.type(), object, Schemas.builtIn().kind(kind).orElseThrow());
  }

  String collection() {
    String root = type.group().isEmpty() ? "/api/" : "/apis/";
    return root
        + type.apiVersion()
        + (type.scope() == Scope.NAMESPACED ? "/namespaces/default/" : "/")
        + type.resource();
  }

  String path() {
    return collection() + "/" + object.path("metadata").path("name").asString();
  }

  boolean isRule() {
    return RULES.contains(type.resource());
  }
}
