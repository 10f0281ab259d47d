package dev.drydock.controllers.context;

import dev.drydock.api.meta.GroupVersionKind;
import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Revision;
import dev.drydock.api.meta.Scope;
import dev.drydock.client.cache.Change;
import dev.drydock.client.cache.Informer;
import dev.drydock.client.resource.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The types beside the built-in ones, for controllers that work with objects of every type: those
/// that CustomResourceDefinitions define, as fresh as an informer, and those of other servers.
public final class CustomTypes {
  private static final Kind<DefinitionOutline> DEFINITIONS =
      new Kind<>(
          new ResourceType(
              "apiextensions.k8s.io",
              "v1",
              "customresourcedefinitions",
              "CustomResourceDefinition",
              Scope.CLUSTER),
          DefinitionOutline.class);

  private final ControllerContext context;
  private final Informer<DefinitionOutline> definitions;

  /// A type that came or went.
  public sealed interface TypeChange {
    record Came(ResourceType type) implements TypeChange {}

    record Went(ResourceType type) implements TypeChange {}
  }

  public CustomTypes(ControllerContext context) {
    this.context = context;
    this.definitions = context.informers().informer(DEFINITIONS);
  }

  /// Waits until all that were defined at the start are known.
  public void awaitSync() throws InterruptedException {
    definitions.awaitRevision(Revision.NONE);
  }

  /// One version of each whose objects can be listed and deleted, the stored one where it is
  /// served.
  public List<ResourceType> all() {
    List<ResourceType> others = OtherTypes.allowing(context.api(), "list", "delete");
    return Stream.concat(
            definitions.lister().list().stream().flatMap(CustomTypes::preferred), others.stream())
        .toList();
  }

  /// The type of a kind, if it is served.
  public Optional<ResourceType> ofKind(GroupVersionKind kind) {
    return definitions.lister().list().stream()
        .flatMap(CustomTypes::served)
        .filter(type -> type.groupVersionKind().equals(kind))
        .findFirst()
        .or(
            () ->
                OtherTypes.allowing(context.api(), "get").stream()
                    .filter(type -> type.groupVersionKind().equals(kind))
                    .findFirst());
  }

  /// Tells of one version of each type, first of those that there are. The same may come more than
  /// once.
  public void addListener(Consumer<TypeChange> listener) {
    OtherTypes.follow(context, listener);
    definitions.addListener(
        change -> {
          switch (change) {
            case Change.Added<DefinitionOutline>(var now) -> came(now, listener);
            case Change.Updated<DefinitionOutline>(_, var now) -> came(now, listener);
            case Change.Removed<DefinitionOutline>(var last) ->
                preferred(last).forEach(type -> listener.accept(new TypeChange.Went(type)));
          }
        });
  }

  private static void came(DefinitionOutline definition, Consumer<TypeChange> listener) {
    preferred(definition).forEach(type -> listener.accept(new TypeChange.Came(type)));
  }

  private static Stream<ResourceType> preferred(DefinitionOutline definition) {
    return definition.isEstablished()
        ? definition.getSpec().versions().stream()
            .filter(DefinitionOutline.Version::served)
            .min(Comparator.comparing(version -> !version.storage()))
            .map(version -> type(definition, version))
            .stream()
        : Stream.of();
  }

  private static Stream<ResourceType> served(DefinitionOutline definition) {
    return definition.isEstablished()
        ? definition.getSpec().versions().stream()
            .filter(DefinitionOutline.Version::served)
            .map(version -> type(definition, version))
        : Stream.of();
  }

  private static ResourceType type(
      DefinitionOutline definition, DefinitionOutline.Version version) {
    return new ResourceType(
        definition.getSpec().group(),
        version.name(),
        definition.getStatus().acceptedNames().plural(),
        definition.getStatus().acceptedNames().kind(),
        definition.getSpec().scope().equals("Namespaced") ? Scope.NAMESPACED : Scope.CLUSTER);
  }
}
