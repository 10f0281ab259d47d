package dev.drydock.apiserver.request;

import dev.drydock.api.meta.ResourceType;
import java.util.Optional;

/// Which resource types the server has now.
public interface ServedTypes {

  /// @param group empty for the core group
  /// @param resource plural, lower case, without a sub-resource
  Optional<ResourceType> find(String group, String version, String resource);

  /// What a type's lists are.
  default ListForm listForm(ResourceType type) {
    return new ListForm(type.kind() + "List", ListForm.Shape.TYPED);
  }
}
