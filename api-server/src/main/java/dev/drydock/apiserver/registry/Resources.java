package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.schema.TypeInfo;
import dev.drydock.apiserver.registry.strategy.Claims;
import dev.drydock.apiserver.registry.strategy.Facets;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Subresource;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.storage.StoreKey;
import dev.drydock.apiserver.storage.Stored;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Every stored resource, by the types it is served as. Also knows how to read what is stored:
/// the cache's decoder.
public final class Resources {
  private final Map<ResourceType, StoredForm> forms = new LinkedHashMap<>();
  private final Map<String, StoredForm> byPrefix = new HashMap<>();
  private final Map<ResourceType, Conversion> conversions = new HashMap<>();

  private Resources() {}

  /// The built-in kinds.
  public static Resources builtIn() {
    var resources = new Resources();
    for (TypeInfo info : BuiltInTypes.get().all()) {
      ResourceType type = info.type();
      if (info.isStored() && !type.resource().equals("componentstatuses")) {
        KindConversions.of(type)
            .ifPresentOrElse(
                converted -> resources.conversions.put(type, converted.conversion()),
                () -> resources.add(info));
      }
    }
    resources
        .conversions
        .keySet()
        .forEach(type -> resources.forms.put(type, resources.form(KindConversions.storedAs(type))));
    return resources;
  }

  private void add(TypeInfo info) {
    ResourceType type = info.type();
    ResourceStrategy strategy = Strategies.of(type);
    var subresources = new HashMap<String, Subresource>();
    for (TypeInfo.Subresource offered : info.subresources()) {
      subresources.put(
          offered.name(),
          Strategies.subresource(type, offered.name()).orElseGet(() -> usual(offered.name())));
    }
    var resource = new Resource(type, StorageLayout.prefix(type), strategy, subresources);
    var form = new StoredForm(resource);
    forms.put(type, form);
    byPrefix.put(resource.prefix().path(), form);
  }

  private static Subresource usual(String name) {
    return name.equals("status") ? Facets.STATUS : new Subresource.Elsewhere();
  }

  private StoredForm form(ResourceType type) {
    StoredForm form = forms.get(type);
    if (form == null) {
      throw new IllegalStateException(type + " is not stored");
    }
    return form;
  }

  /// What the client means, when such a type is stored.
  Optional<StoredResource> find(ResourceType type, Claims claims) {
    StoredForm form = forms.get(type);
    return form == null
        ? Optional.empty()
        : Optional.of(
            new StoredResource(
                type, form, conversions.getOrDefault(type, Conversion.NONE), claims));
  }

  /// The resource of a type that is known to be stored, for writers that claim nothing.
  StoredResource need(ResourceType type) {
    return new StoredResource(type, form(type), Conversion.NONE, Claims.NONE);
  }

  /// Every stored resource, once.
  public java.util.List<Resource> all() {
    return byPrefix.values().stream().map(StoredForm::resource).toList();
  }

  /// Makes of a stored value what readers share. Values of resources that we don't serve are
  /// shown as they are.
  public Function<Stored, StoredObject> decoder() {
    return stored -> {
      StoredForm form = formOf(stored.key());
      return form == null
          ? new UnknownObject(stored)
          : form.decode(stored.key(), stored.value(), stored.revision());
    };
  }

  private @Nullable StoredForm formOf(StoreKey key) {
    String path = key.path();
    int slash = path.lastIndexOf('/');
    for (int up = 0; up < 2 && slash > 0; up++) {
      StoredForm form = byPrefix.get(path.substring(0, slash + 1));
      if (form != null) {
        return form;
      }
      slash = path.lastIndexOf('/', slash - 1);
    }
    return null;
  }
}
