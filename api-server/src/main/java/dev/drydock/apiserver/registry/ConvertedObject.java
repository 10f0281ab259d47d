package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.Revision;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.storage.Bytes;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A stored object in another version than the stored one; made when somebody looks.
final class ConvertedObject implements StoredObject {
  private final SharedObject stored;
  private final StoredResource as;
  private volatile @Nullable ObjectNode tree;
  private volatile @Nullable Bytes json;

  ConvertedObject(SharedObject stored, StoredResource as) {
    this.stored = stored;
    this.as = as;
  }

  @Override
  public Bytes json() {
    Bytes present = json;
    if (present == null) {
      present = Bytes.wrap(StoredForm.JSON.writeValueAsBytes(tree()));
      json = present;
    }
    return present;
  }

  @Override
  public ObjectNode tree() {
    ObjectNode present = tree;
    if (present == null) {
      present = as.conversion().toServed().apply(stored.copyOfTree());
      present.put("apiVersion", as.type().apiVersion());
      present.put("kind", as.type().kind());
      tree = present;
    }
    return present;
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
