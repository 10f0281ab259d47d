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
    if (!conversion.isNone()) {
      return new ConvertedObject(object, this);
    }
    boolean later = form.isFarAway() && !object.form().equals(form);
    return later ? new LaterObject(object, form) : object.in(form);
  }

  /// What a selector looks at: the object in the client's version, or, where that takes a while,
  /// as it is stored.
  SharedObject selected(StoredObject object) {
    if (!form.isFarAway()) {
      return SharedObject.of(form, object);
    }
    return switch (object) {
      case SharedObject shared -> shared;
      case UnknownObject unknown -> unknown.asStored(form);
      case StoredObject other -> SharedObject.of(form, other);
    };
  }
}
