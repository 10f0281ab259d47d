package dev.drydock.apiserver.admission;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.apiserver.admission.Lookup.Age;
import dev.drydock.apiserver.matching.Attempt;
import dev.drydock.apiserver.matching.Matcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Writes and their surroundings as rules of others (webhooks, policies) see them.
record Outside(Lookup lookup) implements Matcher.Surroundings {

  static Attempt attempt(AdmissionRequest request) {
    return new Attempt(
        request.operation().name(),
        request.target(),
        request.object(),
        request.before(),
        request.user(),
        request.persistence());
  }

  @Override
  public Optional<ObjectNode> namespace(String name) {
    Optional<ObjectNode> found = lookup.find("namespaces", "", name, Age.ANY);
    return found.isPresent() ? found : lookup.find("namespaces", "", name, Age.NOW);
  }

  @Override
  public ObjectNode shown(ObjectNode object, ResourceType as) {
    return lookup.shown(object, as);
  }

  @Override
  public ObjectNode taken(ObjectNode object, ResourceType shown, ResourceType asked) {
    return lookup.taken(object, shown, asked);
  }

  @Override
  public List<ResourceType> equivalents(ResourceType type) {
    List<ResourceType> others = new ArrayList<>();
    for (ResourceType other : lookup.types()) {
      if (other.resource().equals(type.resource())
          && other.group().equals(type.group())
          && !other.version().equals(type.version())) {
        others.add(other);
      }
    }
    return others;
  }
}
