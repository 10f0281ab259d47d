package dev.drydock.apiserver.rest.extension;

import dev.drydock.api.codec.TreeCodec;
import dev.drydock.api.meta.Revision;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.storage.Bytes;
import tools.jackson.databind.node.ObjectNode;

/// An object as another server shows it.
record RemoteObject(ObjectNode tree, Revision revision) implements StoredObject {
  @Override
  public Bytes json() {
    return Bytes.wrap(TreeCodec.write(tree));
  }

  @Override
  public String namespace() {
    return tree.path("metadata").path("namespace").asString("");
  }

  @Override
  public String name() {
    return tree.path("metadata").path("name").asString("");
  }
}
