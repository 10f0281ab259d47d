package dev.drydock.client.cache;

import dev.drydock.api.meta.Revision;
import dev.drydock.client.lifecycle.Component;
import java.util.function.Consumer;

/// Keeps a copy of all objects of one selection, for as long as it runs, whatever happens to the
/// connection.
public interface Informer<T> extends Component {

  Lister<T> lister();

  /// Tells the listener of every change, one at a time and in order, on a thread of the informer.
  /// A listener that comes late is first told of what is there. Must not block for long.
  void addListener(Consumer<Change<T>> listener);

  /// Whether the first full state has arrived.
  boolean hasSynced();

  /// Waits until the copy is not older than this revision (and synced): read your own writes.
  void awaitRevision(Revision revision) throws InterruptedException;

  /// The newest revision up to which the copy is complete.
  Revision revision();
}
