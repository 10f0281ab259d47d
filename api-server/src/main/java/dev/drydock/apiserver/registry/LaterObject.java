package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.Revision;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.storage.Bytes;
import tools.jackson.databind.node.ObjectNode;

/// An object that is brought into another version when somebody looks, because that takes a while
/// and may fail.
///
/// @param stored in the version that it is stored in
record LaterObject(SharedObject stored, StoredForm wanted) implements StoredObject {
  @Override
  public Bytes json() {
    return stored.in(wanted).json();
  }

  @Override
  public ObjectNode tree() {
    return stored.in(wanted).tree();
  }

  @Override
  public Revision revision() {
    return stored.revision();
  }

  @Override
  public String namespace() {
    return stored.namespace();
  }

  @Override
  public String name() {
    return stored.name();
  }
}
