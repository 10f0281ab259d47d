package dev.drydock.apiserver.registry.strategy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is special about a kind and can be said without code.
///
/// @param nameRule what its objects may be called
/// @param selectableFields field selectors it offers beyond `metadata.name` and
///     `metadata.namespace`, by the names that selectors use
/// @param generation whether its objects count the changes of what is wanted
/// @param lifetime whether its objects vanish some time after their last write
/// @param propagation what deletion does to dependents unless the client says
/// @param firstStatus whose word the status of a new object is
/// @param finalizers how its finalizers may be called
public record Traits(
    NameRule nameRule,
    Map<String, Selectable> selectableFields,
    Generation generation,
    Lifetime lifetime,
    Propagation propagation,
    FirstStatus firstStatus,
    Finalizers finalizers) {

  public static final Traits USUAL =
      new Traits(
          Names::subdomain,
          Map.of(),
          Generation.NONE,
          Lifetime.ETERNAL,
          Propagation.BACKGROUND,
          FirstStatus.SERVER,
          Finalizers.STANDARD);

  public Traits {
    selectableFields = Map.copyOf(selectableFields);
  }

  public Traits named(NameRule rule) {
    return new Traits(
        rule, selectableFields, generation, lifetime, propagation, firstStatus, finalizers);
  }

  public Traits selectableBy(String... fields) {
    var all = new LinkedHashMap<String, Selectable>();
    for (String field : fields) {
      all.put(field, new Selectable(List.of(field), ""));
    }
    return selectableBy(all);
  }

  /// Where the field is absent, the object is selected as if it had this value.
  public Traits absentMeans(String field, String value) {
    return with(field, new Selectable(List.of(field), value));
  }

  /// The selector's field stands for the first of these paths that has a value.
  public Traits selectableAs(String field, String... paths) {
    return with(field, new Selectable(List.of(paths), ""));
  }

  private Traits with(String field, Selectable meaning) {
    var all = new LinkedHashMap<>(selectableFields);
    all.put(field, meaning);
    return selectableBy(all);
  }

  private Traits selectableBy(Map<String, Selectable> fields) {
    return new Traits(nameRule, fields, generation, lifetime, propagation, firstStatus, finalizers);
  }

  public Traits counting() {
    return new Traits(
        nameRule,
        selectableFields,
        Generation.COUNTED,
        lifetime,
        propagation,
        firstStatus,
        finalizers);
  }

  /// Like [#counting], but a change of annotations counts too.
  public Traits countingAnnotations() {
    return new Traits(
        nameRule,
        selectableFields,
        Generation.COUNTED_WITH_ANNOTATIONS,
        lifetime,
        propagation,
        firstStatus,
        finalizers);
  }

  public Traits passing() {
    return new Traits(
        nameRule,
        selectableFields,
        generation,
        Lifetime.PASSING,
        propagation,
        firstStatus,
        finalizers);
  }

  public Traits orphaning() {
    return new Traits(
        nameRule,
        selectableFields,
        generation,
        lifetime,
        Propagation.ORPHAN,
        firstStatus,
        finalizers);
  }

  public Traits bornWithStatus() {
    return new Traits(
        nameRule,
        selectableFields,
        generation,
        lifetime,
        propagation,
        FirstStatus.CLIENT,
        finalizers);
  }

  public Traits withAnyFinalizers() {
    return new Traits(
        nameRule, selectableFields, generation, lifetime, propagation, firstStatus, Finalizers.ANY);
  }

  /// What a field of selectors means.
  ///
  /// @param paths dotted; the first that is filled counts
  /// @param whereAbsent the value when none is
  public record Selectable(List<String> paths, String whereAbsent) {
    public Selectable {
      paths = List.copyOf(paths);
    }
  }

  /// Whether finalizers without a domain must be those that Kubernetes itself has.
  public enum Finalizers {
    STANDARD,
    ANY
  }

  /// Whether a status in the body of a create is kept.
  public enum FirstStatus {
    SERVER,
    CLIENT
  }

  /// How long objects stay; the server's settings say what passing means.
  public enum Lifetime {
    ETERNAL,
    PASSING
  }

  /// Whether `metadata.generation` is kept.
  public enum Generation {
    COUNTED,
    COUNTED_WITH_ANNOTATIONS,
    NONE
  }

  /// What happens to the objects that an object owns.
  public enum Propagation {
    BACKGROUND,
    ORPHAN
  }
}
