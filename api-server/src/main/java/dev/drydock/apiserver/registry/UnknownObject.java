package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.Revision;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.storage.Bytes;
import dev.drydock.apiserver.storage.Stored;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A value under a key that no resource had when it was read, such as our own bookkeeping, or an
/// object whose definition comes later.
final class UnknownObject implements StoredObject {
  private final Stored stored;
  private volatile @Nullable SharedObject known;

  UnknownObject(Stored stored) {
    this.stored = stored;
  }

  /// The object, now that its resource is known.
  SharedObject in(StoredForm form) {
    SharedObject present = known;
    if (present == null || !present.form().equals(form)) {
      present = form.decode(stored.key(), stored.value(), stored.revision());
      known = present;
    }
    return present;
  }

  /// The object in whichever version it is stored.
  SharedObject asStored(StoredForm form) {
    return form.asStored(stored.key(), stored.value(), stored.revision());
  }

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
