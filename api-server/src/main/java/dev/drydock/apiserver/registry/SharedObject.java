package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.Revision;
import dev.drydock.api.selector.FieldSelector;
import dev.drydock.apiserver.registry.FieldScanner.Selectable;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.storage.Bytes;
import dev.drydock.apiserver.storage.StoreKey;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// One stored object: its bytes for the wire; everything else is made when asked for. The tree
/// is held only as long as somebody uses it, labels and selectable fields for good.
final class SharedObject implements StoredObject {
  private final StoredForm form;
  private final StoreKey key;
  private final Bytes json;
  private final Revision revision;
  private volatile @Nullable WeakReference<ObjectNode> tree;
  private volatile @Nullable Selectable selectable;
  private volatile @Nullable SharedObject other;
  private volatile @Nullable SharedObject inOtherForm;

  SharedObject(StoredForm form, StoreKey key, Bytes json, Revision revision) {
    this.form = form;
    this.key = key;
    this.json = json;
    this.revision = revision;
  }

  StoreKey key() {
    return key;
  }

  StoredForm form() {
    return form;
  }

  @Override
  public Bytes json() {
    return json;
  }

  @Override
  public ObjectNode tree() {
    WeakReference<ObjectNode> reference = tree;
    ObjectNode present = reference == null ? null : reference.get();
    if (present == null) {
      present = StoredForm.parse(json.array());
      tree = new WeakReference<>(present);
    }
    return present;
  }

  /// The tree parsed once more, for somebody who wants to change it.
  ObjectNode copyOfTree() {
    return StoredForm.parse(json.array());
  }

  @Override
  public Revision revision() {
    return revision;
  }

  @Override
  public String namespace() {
    if (!form.resource().type().isNamespaced()) {
      return "";
    }
    int start = form.resource().prefix().path().length();
    return key.path().substring(start, key.path().lastIndexOf('/'));
  }

  @Override
  public String name() {
    return key.path().substring(key.path().lastIndexOf('/') + 1);
  }

  @Override
  public String uid() {
    return FieldScanner.uid(json);
  }

  Selectable selectable() {
    Selectable present = selectable;
    if (present == null) {
      present = form.scanner().scan(json);
      selectable = present;
    }
    return present;
  }

  /// Whether the field selector accepts it.
  boolean matches(FieldSelector selector) {
    return selector.matches(
        field ->
            switch (field) {
              case "metadata.name" -> name();
              case "metadata.namespace" -> namespace();
              default -> selectable().fields().get(field);
            });
  }

  /// The same state under the revision at which it ended; all watchers share the answer.
  SharedObject at(Revision at) {
    if (at.equals(revision)) {
      return this;
    }
    SharedObject present = other;
    if (present == null || !present.revision.equals(at)) {
      present = form.withRevision(this, at);
      other = present;
    }
    return present;
  }

  /// The same state in another version of its resource, or under a younger schema.
  SharedObject in(StoredForm wanted) {
    if (form.equals(wanted)) {
      return this;
    }
    SharedObject present = inOtherForm;
    if (present == null || !present.form.equals(wanted)) {
      present = wanted.decode(key, Bytes.wrap(form.bare(this)), revision);
      inOtherForm = present;
    }
    return present;
  }

  /// What an object of the cache is, whichever decoder made it.
  static SharedObject of(StoredForm form, StoredObject object) {
    if (object instanceof SharedObject shared) {
      return shared.in(form);
    }
    if (object instanceof UnknownObject unknown) {
      return unknown.in(form);
    }
    StoreKey key = form.resource().key(object.namespace(), object.name());
    return form.decode(key, form.encode(object.tree()), object.revision());
  }
}
