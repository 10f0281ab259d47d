package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.apiserver.registry.strategy.Claims;
import dev.drydock.apiserver.request.StoredObject;

/// A resource as the client addresses it: which version it speaks, and how what is stored
/// becomes that version.
///
/// @param type the version the client speaks
/// @param claims what objects of the resource hold exclusively
record StoredResource(ResourceType type, StoredForm form, Conversion conversion, Claims claims) {

  Resource resource() {
    return form.resource();
  }

  /// The object in the client's version.
  StoredObject shown(SharedObject object) {
    return conversion.isNone() ? object : new ConvertedObject(object, this);
  }
}
