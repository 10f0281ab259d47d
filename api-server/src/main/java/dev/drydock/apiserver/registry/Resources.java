package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.schema.TypeInfo;
import dev.drydock.apiserver.registry.customresource.CustomResource;
import dev.drydock.apiserver.registry.customresource.CustomVersion;
import dev.drydock.apiserver.registry.strategy.Claims;
import dev.drydock.apiserver.registry.strategy.Facets;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Subresource;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.storage.StoreKey;
import dev.drydock.apiserver.storage.Stored;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Every stored resource, by the types it is served as: the built-in ones, and those that are
/// defined at the moment. Also knows how to read what is stored: the cache's decoder. Safe for
/// all threads.
public final class Resources {
  private final Map<ResourceType, StoredForm> forms = new LinkedHashMap<>();
  private final Map<String, StoredForm> byPrefix = new HashMap<>();
  private final Map<ResourceType, Conversion> conversions = new HashMap<>();
  private volatile Custom custom = new Custom(Map.of(), Map.of(), Map.of(), Map.of());

  /// The custom resources of one moment.
  ///
  /// @param forms of the served versions
  /// @param unserved forms of the others, for the server itself
  private record Custom(
      Map<CustomResource, Versions> resources,
      Map<ResourceType, StoredForm> forms,
      Map<ResourceType, StoredForm> unserved,
      Map<String, Versions> byPrefix) {}

  private Resources() {}

  /// The built-in kinds.
  public static Resources builtIn() {
    var resources = new Resources();
    var stored = new ArrayList<TypeInfo>();
    for (TypeInfo info : BuiltInTypes.get().all()) {
      ResourceType type = info.type();
      if (info.isStored() && !type.resource().equals("componentstatuses")) {
        KindConversions.of(type)
            .ifPresentOrElse(
                converted -> resources.conversions.put(type, converted.conversion()),
                () -> stored.add(info));
      }
    }
    stored.forEach(resources::add);
    resources
        .conversions
        .keySet()
        .forEach(type -> resources.forms.put(type, resources.form(KindConversions.storedAs(type))));
    return resources;
  }

  /// The types that are made of this one.
  private Map<ResourceType, Conversion> madeOf(ResourceType stored) {
    var made = new HashMap<>(conversions);
    made.keySet().removeIf(type -> !KindConversions.storedAs(type).equals(stored));
    return made;
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
    var resource =
        new Resource(
            type,
            StorageLayout.prefix(type),
            strategy,
            subresources,
            new BuiltInBodies(type.groupVersionKind()),
            Strategies.deprecation(type));
    var form = new StoredForm(resource, new KindVersions(type, madeOf(type)));
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

  /// What the client means, when such a type is stored, be it served or not.
  Optional<StoredResource> find(ResourceType type, Claims claims) {
    StoredForm form = forms.get(type);
    if (form != null) {
      Conversion conversion = conversions.getOrDefault(type, Conversion.NONE);
      var bodies = new BuiltInBodies(type.groupVersionKind());
      return Optional.of(new StoredResource(type, form, conversion, bodies, claims));
    }
    StoredForm defined = custom.forms().get(type);
    if (defined == null) {
      defined = custom.unserved().get(type);
    }
    return defined == null
        ? Optional.empty()
        : Optional.of(
            new StoredResource(
                type, defined, Conversion.NONE, defined.resource().bodies(), claims));
  }

  /// Every type that objects are served as at this moment.
  Set<ResourceType> types() {
    var types = new LinkedHashSet<>(forms.keySet());
    types.addAll(custom.forms().keySet());
    return types;
  }

  /// The resource of a type that is known to be stored, for writers that claim nothing.
  StoredResource need(ResourceType type) {
    StoredForm form = form(type);
    return new StoredResource(type, form, Conversion.NONE, form.resource().bodies(), Claims.NONE);
  }

  /// Serves these custom resources from now on, and no others. What is still the same stays
  /// untouched.
  ///
  /// @return the forms that are no longer in use
  synchronized Set<StoredForm> replace(List<CustomResource> wanted) {
    var resources = new LinkedHashMap<CustomResource, Versions>();
    var served = new HashMap<ResourceType, StoredForm>();
    var unserved = new HashMap<ResourceType, StoredForm>();
    var prefixes = new HashMap<String, Versions>();
    for (CustomResource one : wanted) {
      Versions known = custom.resources().get(one);
      Versions versions = known == null ? versions(one) : known;
      resources.put(one, versions);
      prefixes.put(one.prefix().path(), versions);
      for (CustomVersion version : one.versions()) {
        StoredForm form = versions.of(version.type().apiVersion());
        switch (version.serving()) {
          case SERVED -> served.put(version.type(), form);
          case ONLY_STORED -> unserved.put(version.type(), form);
        }
      }
    }
    var gone = new HashSet<>(custom.forms().values());
    gone.removeAll(served.values());
    custom = new Custom(resources, served, unserved, prefixes);
    return gone;
  }

  boolean isServed(StoredForm form) {
    return form.isFixed() || custom.forms().containsValue(form);
  }

  private static Versions versions(CustomResource defined) {
    var versions = new Versions(defined.storedAs(), defined.conversion());
    for (CustomVersion version : defined.versions()) {
      var resource =
          new Resource(
              version.type(),
              defined.prefix(),
              version.strategy(),
              version.subresources(),
              version.bodies(),
              version.deprecation());
      versions.add(new StoredForm(resource, versions));
    }
    return versions;
  }

  /// Every built-in resource, once.
  public List<Resource> all() {
    return byPrefix.values().stream().map(StoredForm::resource).toList();
  }

  /// Makes of a stored value what readers share. Values of resources that we don't serve are
  /// shown as they are.
  public Function<Stored, StoredObject> decoder() {
    return stored -> {
      StoredForm form = at(stored.key(), byPrefix);
      if (form != null) {
        return form.decode(stored.key(), stored.value(), stored.revision());
      }
      Versions versions = at(stored.key(), custom.byPrefix());
      return versions == null ? new UnknownObject(stored) : versions.decode(stored);
    };
  }

  private static <T> @Nullable T at(StoreKey key, Map<String, T> byPrefix) {
    String path = key.path();
    int slash = path.lastIndexOf('/');
    for (int up = 0; up < 2 && slash > 0; up++) {
      T found = byPrefix.get(path.substring(0, slash + 1));
      if (found != null) {
        return found;
      }
      slash = path.lastIndexOf('/', slash - 1);
    }
    return null;
  }
}
