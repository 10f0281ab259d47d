package dev.drydock.apiserver.fairness;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.apiserver.filter.Subject;
import java.util.function.ToIntFunction;

/// How many seats a request takes: one, but a list, or a watch that begins with the state, one
/// more for each hundred objects there are, up to ten.
///
/// @param counts how many objects of a type there are, from memory
public record RequestWidth(ToIntFunction<ResourceType> counts) {
  private static final int OBJECTS_PER_SEAT = 100;
  private static final int MOST = 10;

  int of(Subject subject) {
    return switch (subject) {
      case Subject.Path path -> 1;
      case Subject.Resource resource ->
          switch (resource.verb()) {
            case LIST, WATCH ->
                resource.selectedName().isEmpty() ? seats(resource.target().type()) : 1;
            case GET, CREATE, UPDATE, PATCH, DELETE, DELETECOLLECTION -> 1;
          };
    };
  }

  private int seats(ResourceType type) {
    int count = counts.applyAsInt(type);
    return Math.clamp((count + OBJECTS_PER_SEAT - 1) / OBJECTS_PER_SEAT, 1, MOST);
  }
}
