package dev.drydock.apiserver.definitions;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.apiserver.registry.customresource.CustomResource;
import dev.drydock.apiserver.registry.strategy.Trees;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Has the established definitions served. What has not changed in substance is the same object as
/// before, so that nobody who uses it is disturbed. For one thread.
public final class Publication {
  private static final Logger LOG = LoggerFactory.getLogger(Publication.class);

  private final Function<ObjectNode, CustomResource> maker;
  private final Taker taker;
  private Map<String, Made> made = Map.of();
  private List<CustomResource> last = List.of();

  /// Takes what is to be served from now on.
  public interface Taker {
    void serve(List<CustomResource> resources);
  }

  /// What a custom resource is made from.
  private record Essence(JsonNode spec, JsonNode names) {}

  private record Made(Essence essence, CustomResource resource) {}

  /// @param maker makes what is needed of a definition
  public Publication(Function<ObjectNode, CustomResource> maker, Taker taker) {
    this.maker = maker;
    this.taker = taker;
  }

  void publish(Iterable<ObjectNode> definitions) {
    var now = new HashMap<String, Made>();
    for (ObjectNode definition : definitions) {
      if (Conditions.isTrue(definition, "Established")) {
        String name = Trees.text(definition, "metadata", "name");
        made(name, definition)
            .ifPresent(
                one -> {
                  now.put(name, one);
                  if (Trees.has(definition, "metadata", "deletionTimestamp")) {
                    one.resource().endGrowth();
                  }
                });
      }
    }
    made = now;
    List<CustomResource> resources =
        new ArrayList<>(now.values().stream().map(Made::resource).toList());
    resources.sort(Comparator.comparing(resource -> resource.prefix().path()));
    if (!resources.equals(last)) {
      last = resources;
      taker.serve(resources);
    }
  }

  private Optional<Made> made(String name, ObjectNode definition) {
    var essence =
        new Essence(Trees.at(definition, "spec"), Trees.at(definition, "status", "acceptedNames"));
    Made known = made.get(name);
    if (known != null && known.essence().equals(essence)) {
      return Optional.of(known);
    }
    try {
      return Optional.of(new Made(essence, maker.apply(definition)));
    } catch (RuntimeException unusable) {
      LOG.warn("definition {} can't be served: {}", name, unusable.toString());
      return Optional.empty();
    }
  }

  /// The version in which the objects of a published definition are stored.
  Optional<ResourceType> typeOf(String name) {
    return Optional.ofNullable(made.get(name)).map(known -> known.resource().storedType());
  }
}
