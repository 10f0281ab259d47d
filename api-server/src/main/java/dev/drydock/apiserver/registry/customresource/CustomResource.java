package dev.drydock.apiserver.registry.customresource;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.apiserver.registry.strategy.VersionConversion;
import dev.drydock.apiserver.served.ServedCustom;
import dev.drydock.apiserver.storage.StorePrefix;
import java.util.List;
import java.util.stream.Stream;

/// A resource that somebody has defined, ready to be served. Equal only to itself: while its
/// definition does not change in substance, it stays the same.
public final class CustomResource {
  /// Where the definitions themselves are kept.
  public static final StorePrefix DEFINITIONS =
      new StorePrefix("/registry/apiextensions.k8s.io/customresourcedefinitions/");

  private final StorePrefix prefix;
  private final List<CustomVersion> versions;
  private final String storedAs;
  private final VersionConversion conversion;
  private final Growth growth;

  /// @param versions all, the preferred one first
  /// @param storedAs `GROUP/VERSION`
  CustomResource(
      StorePrefix prefix,
      List<CustomVersion> versions,
      String storedAs,
      VersionConversion conversion,
      Growth growth) {
    this.prefix = prefix;
    this.versions = List.copyOf(versions);
    this.storedAs = storedAs;
    this.conversion = conversion;
    this.growth = growth;
  }

  public StorePrefix prefix() {
    return prefix;
  }

  public List<CustomVersion> versions() {
    return versions;
  }

  /// The types of the versions that clients may use.
  public Stream<ResourceType> served() {
    return versions.stream()
        .filter(version -> version.serving() == CustomVersion.Serving.SERVED)
        .map(CustomVersion::type);
  }

  /// What is told of the versions that clients may use.
  public Stream<ServedCustom> shown() {
    return versions.stream()
        .filter(version -> version.serving() == CustomVersion.Serving.SERVED)
        .map(CustomVersion::shown);
  }

  /// No new objects from now on.
  public void endGrowth() {
    growth.end();
  }

  /// The type of the version in which objects are stored.
  public ResourceType storedType() {
    return versions.stream()
        .map(CustomVersion::type)
        .filter(type -> type.apiVersion().equals(storedAs))
        .findFirst()
        .orElseThrow();
  }

  public String storedAs() {
    return storedAs;
  }

  public VersionConversion conversion() {
    return conversion;
  }
}
