package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Revision;
import dev.drydock.apiserver.patch.ObjectVersions;
import dev.drydock.apiserver.registry.strategy.Subresource;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.storage.Bytes;
import dev.drydock.apiserver.storage.StoreKey;
import dev.drydock.apiserver.storage.Stored;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// How the objects of one resource are written and read: JSON that begins with `apiVersion`,
/// `kind`, `metadata`, without a resource version in the store and with one on the wire. Since
/// the beginning is always the same, the resource version is spliced in without parsing.
final class StoredForm {
  static final JsonMapper JSON = JsonMapper.builder().build();

  private static final List<String> FIRST_FIELDS = List.of("apiVersion", "kind", "metadata");
  private static final List<String> FIRST_METADATA =
      List.of(
          "name",
          "generateName",
          "namespace",
          "uid",
          "generation",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "labels",
          "annotations",
          "ownerReferences",
          "finalizers");

  private final Resource resource;
  private final ResourceType type;
  private final byte[] head;
  private final FieldScanner scanner;
  private final @Nullable Versions versions;
  private final ObjectVersions seenAs;

  /// For a resource that is always stored in the same version.
  StoredForm(Resource resource, KindVersions seenAs) {
    this(resource, null, seenAs);
  }

  /// For one of the versions of a resource.
  StoredForm(Resource resource, Versions versions) {
    this(resource, versions, versions);
  }

  private StoredForm(Resource resource, @Nullable Versions versions, ObjectVersions seenAs) {
    this.versions = versions;
    this.seenAs = seenAs;
    this.resource = resource;
    this.type = resource.type();
    this.head = resource.head().array();
    this.scanner = new FieldScanner(resource.strategy().traits().selectableFields());
  }

  Resource resource() {
    return resource;
  }

  /// All versions in which its objects can be seen.
  ObjectVersions seenAs() {
    return seenAs;
  }

  /// Where a version of the objects keeps its number of replicas; empty: it tells none; nothing:
  /// there is no such version.
  Optional<String> replicasIn(String apiVersion) {
    if (seenAs.schema(apiVersion).isEmpty()) {
      return Optional.empty();
    }
    Resource seen = versions == null ? resource : versions.of(apiVersion).resource();
    return Optional.of(
        seen.subresources().get("scale") instanceof Subresource.Scale scale
            ? scale.replicas()
            : "");
  }

  FieldScanner scanner() {
    return scanner;
  }

  /// Whether the form of an object in memory is its form for ever.
  boolean isFixed() {
    return versions == null;
  }

  /// Whether it may take a while to bring an object into this form.
  boolean isFarAway() {
    return versions != null && versions.convertElsewhere();
  }

  /// The object in whichever version it is stored.
  SharedObject asStored(StoreKey key, Bytes value, Revision revision) {
    return versions == null
        ? decode(key, value, revision)
        : versions.decode(new Stored(key, value, revision));
  }

  /// The value to store.
  Bytes encode(ObjectNode tree) {
    return versions == null ? write(tree) : versions.stored().write(versions.forStore(tree, this));
  }

  /// An object of any version of its kind, in this one.
  ObjectNode brought(ObjectNode tree) {
    return versions == null || tree.path("apiVersion").stringValue("").equals(type.apiVersion())
        ? tree
        : versions.converted(tree.deepCopy(), this);
  }

  /// The object in this version.
  Bytes write(ObjectNode tree) {
    return Bytes.wrap(JSON.writeValueAsBytes(ordered(tree)));
  }

  /// The object as everybody shares it.
  SharedObject decode(StoreKey key, Bytes value, Revision revision) {
    byte[] canonical = value.array();
    if (versions != null) {
      canonical = versions.read(canonical, this);
    } else if (!startsWithHead(canonical)) {
      // Written by somebody else (etcdctl): bring it into our form.
      canonical = encode(parse(canonical)).array();
    }
    return new SharedObject(this, key, splice(canonical, revision), revision);
  }

  /// The same object with another resource version.
  SharedObject withRevision(SharedObject object, Revision revision) {
    return new SharedObject(this, object.key(), splice(bare(object), revision), revision);
  }

  /// The object's bytes without its resource version.
  byte[] bare(SharedObject object) {
    byte[] json = object.json().array();
    int from = head.length + spliceLength(object.revision());
    var bare = new byte[json.length - (from - head.length)];
    System.arraycopy(json, 0, bare, 0, head.length);
    System.arraycopy(json, from, bare, head.length, json.length - from);
    return bare;
  }

  static ObjectNode parse(byte[] json) {
    return (ObjectNode) JSON.readTree(json);
  }

  private static int spliceLength(Revision revision) {
    return revision.isNone()
        ? 0
        : "\"resourceVersion\":\"\",".length() + revision.toString().length();
  }

  private Bytes splice(byte[] bare, Revision revision) {
    if (revision.isNone()) {
      return Bytes.wrap(bare);
    }
    byte[] field =
        ("\"resourceVersion\":\"" + revision + "\",").getBytes(StandardCharsets.US_ASCII);
    var whole = new byte[bare.length + field.length];
    System.arraycopy(bare, 0, whole, 0, head.length);
    System.arraycopy(field, 0, whole, head.length, field.length);
    System.arraycopy(
        bare, head.length, whole, head.length + field.length, bare.length - head.length);
    return Bytes.wrap(whole);
  }

  boolean startsWithHead(byte[] value) {
    return value.length > head.length && Arrays.equals(value, 0, head.length, head, 0, head.length);
  }

  private ObjectNode ordered(ObjectNode tree) {
    ObjectNode whole = Trees.object();
    whole.put("apiVersion", type.apiVersion());
    whole.put("kind", type.kind());
    ObjectNode metadata = Trees.object();
    if (tree.get("metadata") instanceof ObjectNode given) {
      copy(given, metadata, FIRST_METADATA);
      metadata.remove(List.of("resourceVersion", "selfLink"));
    }
    whole.set("metadata", metadata);
    for (var entry : tree.properties()) {
      if (!FIRST_FIELDS.contains(entry.getKey()) && !entry.getKey().equals("status")) {
        whole.set(entry.getKey(), entry.getValue());
      }
    }
    if (tree.has("status")) {
      whole.set("status", tree.get("status"));
    }
    return whole;
  }

  private static void copy(ObjectNode from, ObjectNode to, List<String> first) {
    for (String name : first) {
      JsonNode value = from.get(name);
      if (value != null && !value.isNull()) {
        to.set(name, value);
      }
    }
    for (var entry : from.properties()) {
      if (!to.has(entry.getKey()) && !entry.getValue().isNull()) {
        to.set(entry.getKey(), entry.getValue());
      }
    }
  }
}
