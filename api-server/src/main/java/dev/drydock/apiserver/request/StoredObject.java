package dev.drydock.apiserver.request;

import dev.drydock.api.meta.Revision;
import dev.drydock.apiserver.storage.Bytes;
import tools.jackson.databind.node.ObjectNode;

/// One object as everybody shares it: the bytes for the wire, and the tree for whoever must look
/// inside. Never change the tree.
public interface StoredObject {

  /// JSON, complete, with `resourceVersion`.
  Bytes json();

  /// Parsed on first use and kept.
  ObjectNode tree();

  Revision revision();

  String namespace();

  String name();

  /// Empty for what has none.
  default String uid() {
    return tree().path("metadata").path("uid").stringValue("");
  }
}
