package dev.drydock.client.cache;

import dev.drydock.api.meta.ObjectKey;
import java.util.List;
import java.util.Optional;

/// Reads an informer's copy of the cluster: no request is made. Objects are shared: never change
/// them.
public interface Lister<T> {

  Optional<T> get(ObjectKey key);

  /// All objects, in no order.
  List<T> list();

  List<T> inNamespace(String namespace);

  /// Objects for which the index gives this value.
  ///
  /// @throws IllegalArgumentException when the informer was made without this index
  List<T> byIndex(Index<T> index, String value);
}
