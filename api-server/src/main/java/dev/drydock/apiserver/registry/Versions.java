package dev.drydock.apiserver.registry;

import dev.drydock.api.schema.Schema;
import dev.drydock.apiserver.patch.ObjectVersions;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.VersionConversion;
import dev.drydock.apiserver.registry.strategy.VersionConversion.Reach;
import dev.drydock.apiserver.storage.Stored;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// The versions of one resource, any of which its objects may be stored in; new ones are stored
/// in one of them.
final class Versions implements ObjectVersions {
  private final Map<String, StoredForm> forms = new LinkedHashMap<>();
  private final String stored;
  private final VersionConversion conversion;

  /// @param stored `GROUP/VERSION` in which objects are written
  Versions(String stored, VersionConversion conversion) {
    this.stored = stored;
    this.conversion = conversion;
  }

  void add(StoredForm form) {
    forms.put(form.resource().type().apiVersion(), form);
  }

  StoredForm stored() {
    return of(stored);
  }

  /// Whether a conversion takes more than a moment.
  boolean convertElsewhere() {
    return conversion.reach() == Reach.NETWORK;
  }

  /// The object in the version that it is stored in.
  SharedObject decode(Stored value) {
    byte[] json = value.value().array();
    StoredForm form = stored();
    if (!form.startsWithHead(json)) {
      form = formOf(StoredForm.parse(json));
    }
    return form.decode(value.key(), value.value(), value.revision());
  }

  /// The form of a version that there is.
  StoredForm of(String apiVersion) {
    StoredForm form = forms.get(apiVersion);
    if (form == null) {
      throw new IllegalStateException("no version " + apiVersion);
    }
    return form;
  }

  @Override
  public Optional<Schema> schema(String apiVersion) {
    return Optional.ofNullable(forms.get(apiVersion))
        .map(form -> form.resource().bodies().schema());
  }

  @Override
  public ObjectNode convert(ObjectNode object, String from, String to) {
    return from.equals(to) ? object : converted(object.deepCopy(), of(to));
  }

  private StoredForm formOf(ObjectNode tree) {
    return forms.getOrDefault(Trees.text(tree, "apiVersion"), stored());
  }

  /// What is stored, in the given version and up to its schema.
  byte[] read(byte[] json, StoredForm wanted) {
    ObjectNode tree = StoredForm.parse(json);
    StoredForm source = formOf(tree);
    boolean changed = source.resource().bodies().refresh(tree);
    if (!source.equals(wanted)) {
      tree = converted(tree, wanted);
      changed = true;
    }
    return changed || !wanted.startsWithHead(json) ? wanted.write(tree).array() : json;
  }

  /// The object in the version to store.
  ObjectNode forStore(ObjectNode tree, StoredForm source) {
    return source.equals(stored()) ? tree : converted(tree.deepCopy(), stored());
  }

  /// The object in that version.
  ///
  /// @param tree may be changed
  ObjectNode converted(ObjectNode tree, StoredForm wanted) {
    ObjectNode result = conversion.convert(tree, wanted.resource().type().apiVersion());
    wanted.resource().bodies().refresh(result);
    return result;
  }
}
