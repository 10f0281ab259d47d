package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.apiserver.registry.strategy.BodyRules;
import dev.drydock.apiserver.registry.strategy.Claims;
import dev.drydock.apiserver.request.StoredObject;

/// A resource as the client addresses it: which version it speaks, and how what is stored
/// becomes that version.
///
/// @param type the version the client speaks
/// @param bodies what the schema of that version says
/// @param claims what objects of the resource hold exclusively
record StoredResource(
    ResourceType type, StoredForm form, Conversion conversion, BodyRules bodies, Claims claims) {

  Resource resource() {
    return form.resource();
  }

  /// The object in the client's version.
  StoredObject shown(SharedObject object) {
    return conversion.isNone() ? object.in(form) : new ConvertedObject(object, this);
  }
}
