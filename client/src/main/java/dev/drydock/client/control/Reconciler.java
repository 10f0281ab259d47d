package dev.drydock.client.control;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.status.ApiException;

/// Makes the world agree with one object. The only thing that the author of a controller writes.
///
/// It is told a key and nothing else, so it reads the world (from listers) and is right after
/// missed events, restarts and duplicates. Before it runs again for a key, the informers have
/// caught up with everything it wrote.
@FunctionalInterface
public interface Reconciler {

  /// @throws ApiException or any other exception: again, with back-off
  Result reconcile(ObjectKey key) throws InterruptedException;
}
