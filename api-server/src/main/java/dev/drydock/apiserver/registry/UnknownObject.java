package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.Revision;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.storage.Bytes;
import dev.drydock.apiserver.storage.Stored;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A value under a key that no served resource has, such as our own bookkeeping.
record UnknownObject(Stored stored) implements StoredObject {
  @Override
  public Bytes json() {
    return stored.value();
  }

  @Override
  public ObjectNode tree() {
    JsonNode tree = StoredForm.JSON.readTree(stored.value().array());
    return tree instanceof ObjectNode object ? object : Trees.object();
  }

  @Override
  public Revision revision() {
    return stored.revision();
  }

  @Override
  public String namespace() {
    return "";
  }

  @Override
  public String name() {
    String path = stored.key().path();
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
