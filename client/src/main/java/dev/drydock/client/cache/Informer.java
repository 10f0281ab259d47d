package dev.drydock.client.cache;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Revision;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.resource.Selection;
import java.util.function.Consumer;

/// Keeps a copy of all objects of one selection, for as long as it runs, whatever happens to the
/// connection.
public interface Informer<T> extends Component {

  ResourceType type();

  /// Which objects of the type it keeps.
  Selection selection();

  Lister<T> lister();

  /// Tells the listener of every change, one at a time and in order, on a thread of the informer.
  /// A listener that comes late is first told, on the calling thread, of what is there. Must not
  /// block for long.
  void addListener(Consumer<Change<T>> listener);

  /// Whether the first full state has arrived.
  boolean hasSynced();

  /// Waits until the copy is not older than this revision (and synced): read your own writes.
  /// With [Revision#NONE] it waits for the first full state only.
  ///
  /// @throws InterruptedException also when the informer is closed
  void awaitRevision(Revision revision) throws InterruptedException;

  /// The newest revision up to which the copy is complete.
  Revision revision();
}
