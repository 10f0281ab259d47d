package dev.drydock.api.schema;

import dev.drydock.api.meta.GroupVersionKind;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// All definitions of the built-in kinds, by name and by group, version and kind. The resource that
/// the build made is indexed when this is made (a few milliseconds); each definition is parsed when
/// it is first looked into. Safe for all threads.
public final class Schemas {

  /// One copy is enough: it never changes once a definition is read.
  private static final class Shared {
    static final Schemas INSTANCE = new Schemas(DefinitionFile.read());
  }

  private final Map<String, Schema> definitions = new LinkedHashMap<>();
  private final Map<String, GroupVersionKind> kindsByName = new LinkedHashMap<>();
  private final Map<GroupVersionKind, Schema> byKind = new HashMap<>();
  private final Map<String, Map<String, String>> descriptions = new ConcurrentHashMap<>();

  private Schemas(Iterable<DefinitionFile.Entry> entries) {
    LeafDefinitions.all().forEach(leaf -> definitions.put(leaf.name(), leaf));
    for (DefinitionFile.Entry entry : entries) {
      var schema = new DefinitionSchema(this, entry);
      definitions.put(entry.name(), schema);
      entry
          .kind()
          .ifPresent(
              kind -> {
                kindsByName.put(entry.name(), kind);
                byKind.put(kind, schema);
              });
    }
  }

  /// The built-in kinds of the emulated version.
  public static Schemas builtIn() {
    return Shared.INSTANCE;
  }

  /// The definition of objects of that kind; empty for what is not built in.
  public Optional<Schema> kind(GroupVersionKind kind) {
    return Optional.ofNullable(byKind.get(kind));
  }

  /// @param name as in OpenAPI: `io.k8s.api.core.v1.Pod`
  /// @throws IllegalArgumentException if there is none
  public Schema definition(String name) {
    Schema found = definitions.get(name);
    if (found == null) {
      throw new IllegalArgumentException("no definition " + name);
    }
    return found;
  }

  /// All definitions.
  public Collection<Schema> definitions() {
    return Collections.unmodifiableCollection(definitions.values());
  }

  /// What objects of a definition are called; empty for definitions that are only parts of others.
  public Optional<GroupVersionKind> kindOf(String definition) {
    return Optional.ofNullable(kindsByName.get(definition));
  }

  /// Read from their own resource on first use: only OpenAPI wants them.
  String description(String definition, String field) {
    synchronized (descriptions) {
      if (descriptions.isEmpty()) {
        descriptions.putAll(DefinitionFile.descriptions());
      }
    }
    return descriptions.getOrDefault(definition, Map.of()).getOrDefault(field, "");
  }
}
