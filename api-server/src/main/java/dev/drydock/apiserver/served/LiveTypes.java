package dev.drydock.apiserver.served;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.schema.TypeInfo;
import dev.drydock.apiserver.request.ListForm;
import dev.drydock.apiserver.request.ServedTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// The types that are served now: the built-in ones, and those that are defined and established.
/// Safe for all threads; every look takes the newest state.
public final class LiveTypes implements ServedTypes {
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile State state = new State(List.of());

  /// One moment's types.
  public static final class State {
    private final List<ServedCustom> custom;
    private final Map<String, ServedCustom> byName = new HashMap<>();

    State(List<ServedCustom> custom) {
      this.custom = List.copyOf(custom);
      for (ServedCustom one : custom) {
        byName.put(key(one.info().type().apiVersion(), one.info().type().resource()), one);
      }
    }

    /// In the order of discovery.
    public List<ServedCustom> custom() {
      return custom;
    }

    /// All types in the order of discovery.
    public List<TypeInfo> all() {
      var all = new ArrayList<>(BuiltInTypes.get().all());
      custom.forEach(one -> all.add(one.info()));
      return all;
    }

    private static String key(String apiVersion, String resource) {
      return apiVersion + "/" + resource;
    }
  }

  public State state() {
    return state;
  }

  /// @param custom in the order of discovery
  public void replace(List<ServedCustom> custom) {
    state = new State(custom);
    listeners.forEach(Runnable::run);
  }

  /// Called after each change; must not block.
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  @Override
  public Optional<ResourceType> find(String group, String version, String resource) {
    String apiVersion = group.isEmpty() ? version : group + "/" + version;
    Optional<TypeInfo> builtIn = BuiltInTypes.get().find(apiVersion, resource);
    return builtIn.isPresent()
        ? builtIn.map(TypeInfo::type)
        : Optional.ofNullable(state.byName.get(State.key(apiVersion, resource)))
            .map(custom -> custom.info().type());
  }

  @Override
  public ListForm listForm(ResourceType type) {
    return custom(type)
        .map(custom -> new ListForm(custom.listKind(), ListForm.Shape.UNTYPED))
        .orElseGet(() -> ServedTypes.super.listForm(type));
  }

  /// What is known of a custom type; empty for built-in ones and for those that are gone.
  public Optional<ServedCustom> custom(ResourceType type) {
    return Optional.ofNullable(state.byName.get(State.key(type.apiVersion(), type.resource())));
  }
}
