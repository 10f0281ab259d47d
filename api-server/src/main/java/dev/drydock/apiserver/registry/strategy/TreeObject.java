package dev.drydock.apiserver.registry.strategy;

import dev.drydock.api.meta.Revision;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.storage.Bytes;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// An answer that is made and not stored: a `Scale`, a review, a token.
public final class TreeObject implements StoredObject {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ObjectNode tree;
  private final Revision revision;
  private volatile @Nullable Bytes json;

  public TreeObject(ObjectNode tree, Revision revision) {
    this.tree = tree;
    this.revision = revision;
  }

  @Override
  public Bytes json() {
    Bytes present = json;
    if (present == null) {
      present = Bytes.wrap(JSON.writeValueAsBytes(tree));
      json = present;
    }
    return present;
  }

  @Override
  public ObjectNode tree() {
    return tree;
  }

  @Override
  public Revision revision() {
    return revision;
  }

  @Override
  public String namespace() {
    return Trees.text(tree, "metadata", "namespace");
  }

  @Override
  public String name() {
    return Trees.text(tree, "metadata", "name");
  }
}
