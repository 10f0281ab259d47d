package dev.drydock.apiserver.storage.etcd;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.drydock.api.meta.Revision;
import dev.drydock.apiserver.storage.Bytes;
import dev.drydock.apiserver.storage.StoreKey;
import dev.drydock.apiserver.storage.StorePrefix;
import dev.drydock.apiserver.storage.Stored;
import io.etcd.jetcd.api.KeyValue;
import java.nio.charset.StandardCharsets;

/// Our keys and values as etcd's, and back.
final class EtcdKeys {
  /// As a range's begin and end: every key there is.
  static final ByteString ZERO = ByteString.copyFrom(new byte[] {0});

  private EtcdKeys() {}

  static ByteString of(String text) {
    return UnsafeByteOperations.unsafeWrap(text.getBytes(StandardCharsets.UTF_8));
  }

  static ByteString of(StoreKey key) {
    return of(key.path());
  }

  static ByteString of(Bytes value) {
    return UnsafeByteOperations.unsafeWrap(value.array());
  }

  /// The first key behind all that begin with the prefix (whose last byte is a slash).
  static ByteString end(StorePrefix prefix) {
    byte[] bytes = prefix.path().getBytes(StandardCharsets.UTF_8);
    bytes[bytes.length - 1]++;
    return UnsafeByteOperations.unsafeWrap(bytes);
  }

  static StoreKey key(KeyValue kv) {
    return new StoreKey(kv.getKey().toStringUtf8());
  }

  static Stored stored(KeyValue kv) {
    return new Stored(
        key(kv), Bytes.wrap(kv.getValue().toByteArray()), Revision.of(kv.getModRevision()));
  }
}
