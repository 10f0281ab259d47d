package dev.drydock.apiserver.discovery;

import dev.drydock.api.meta.GroupVersionKind;
import dev.drydock.api.schema.Schema;
import dev.drydock.api.schema.Schemas;
import dev.drydock.api.schema.TypeInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/// The definitions of all kinds: the built-in ones, and those of custom resources, which bring
/// their schema as JSON.
public final class Definitions {
  private final Schemas builtIn;
  private final Map<GroupVersionKind, CustomKind> kinds = new LinkedHashMap<>();
  private final Map<String, CustomKind> byName = new HashMap<>();
  private final Map<String, CustomKind> lists = new HashMap<>();

  /// A kind of custom resources.
  ///
  /// @param listKind kind of its lists
  /// @param schema OpenAPI v3, as the definition has it
  public record CustomKind(GroupVersionKind kind, String listKind, ObjectNode schema) {

    /// `com.example.stable.v1.CronTab` of `stable.example.com/v1`.
    String name() {
      var parts = new ArrayList<>(List.of(kind.group().split("\\.", -1)));
      Collections.reverse(parts);
      return String.join(".", parts) + "." + kind.version() + "." + kind.kind();
    }

    String listName() {
      String name = name();
      return name.substring(0, name.length() - kind.kind().length()) + listKind;
    }

    GroupVersionKind ofLists() {
      return new GroupVersionKind(kind.group(), kind.version(), listKind);
    }
  }

  public Definitions(Schemas builtIn, List<CustomKind> custom) {
    this.builtIn = builtIn;
    for (CustomKind one : custom) {
      kinds.put(one.kind(), one);
      byName.put(one.name(), one);
      lists.put(one.listName(), one);
    }
  }

  Schemas builtIn() {
    return builtIn;
  }

  /// The name of a kind's definition, where it has one.
  Optional<String> nameOf(GroupVersionKind kind) {
    CustomKind custom = kinds.get(kind);
    if (custom != null) {
      return Optional.of(custom.name());
    }
    Optional<String> list =
        lists.values().stream()
            .filter(one -> one.ofLists().equals(kind))
            .map(CustomKind::listName)
            .findFirst();
    return list.isPresent() ? list : builtIn.kind(kind).flatMap(Schema::definition);
  }

  GroupVersionKind listOf(TypeInfo info) {
    GroupVersionKind kind = info.type().groupVersionKind();
    CustomKind custom = kinds.get(kind);
    return custom != null
        ? custom.ofLists()
        : new GroupVersionKind(kind.group(), kind.version(), kind.kind() + "List");
  }

  /// What else than the type's own description tells one state of it from another.
  String mark(TypeInfo info) {
    CustomKind custom = kinds.get(info.type().groupVersionKind());
    return custom == null ? "" : custom.listKind() + custom.schema();
  }

  /// The definition of a custom kind, or of its lists.
  ///
  /// @param reference names another definition and answers how to refer to it
  Optional<ObjectNode> custom(
      String name, OpenApiDialect dialect, UnaryOperator<String> reference) {
    CustomKind one = byName.get(name);
    if (one != null) {
      return Optional.of(new PublishedSchema(dialect, reference).object(one));
    }
    CustomKind list = lists.get(name);
    return list == null
        ? Optional.empty()
        : Optional.of(new PublishedSchema(dialect, reference).list(list));
  }
}
