package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.Revision;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.ReadOptions.Bookmarks;
import dev.drydock.apiserver.request.ReadOptions.InitialEvents;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.WatchObserver;
import dev.drydock.apiserver.request.WatchObserver.WatchItem;
import dev.drydock.apiserver.storage.ObjectReader.CacheEvent;
import dev.drydock.apiserver.storage.ObjectReader.Freshness;
import dev.drydock.apiserver.storage.ObjectReader.Subscription;
import dev.drydock.apiserver.storage.ObjectReader.Watch;
import dev.drydock.apiserver.storage.ObjectReader.WatchSink;
import dev.drydock.apiserver.storage.ObjectReader.WatchStart;
import dev.drydock.apiserver.storage.StorageException;
import dev.drydock.apiserver.storage.StorePrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Watches: what happens to a selection of objects, where entering the selection is an
/// addition and leaving it a deletion.
final class Watching {
  private final Objects objects;
  private final Predicate<StoredForm> isServed;

  /// The watches on custom resources, which may end before their watches do.
  private final Map<StoredForm, Set<Watch>> open = new ConcurrentHashMap<>();

  Watching(Objects objects, Predicate<StoredForm> isServed) {
    this.objects = objects;
    this.isServed = isServed;
  }

  Subscription watch(
      StoredResource as, Target target, ReadOptions options, WatchObserver observer) {
    Selection selection = Selection.of(as.resource(), target, options);
    ReadVersion.checkWatch(options);
    StorePrefix below = as.resource().below(target.namespace());
    WatchStart start = start(as, below, options);
    if (as.form().isFarAway()) {
      var patient = new PatientObserver(observer);
      Subscription inner = watch(as, below, start, new Sink(as, selection, options, patient));
      return inner.andThen(patient::close);
    }
    return watch(as, below, start, new Sink(as, selection, options, observer));
  }

  private Subscription watch(StoredResource as, StorePrefix below, WatchStart start, Sink sink) {
    Watch watch =
        StorageFailures.reading(as.type(), "", () -> objects.reader().watch(below, start, sink));
    return as.form().isFixed() ? watch : remembered(as.form(), watch);
  }

  private Subscription remembered(StoredForm form, Watch watch) {
    open.computeIfAbsent(form, _ -> ConcurrentHashMap.newKeySet()).add(watch);
    if (!isServed.test(form)) {
      watch.complete();
    }
    return watch.andThen(
        () -> {
          Set<Watch> watches = open.get(form);
          if (watches != null) {
            watches.remove(watch);
          }
        });
  }

  /// Ends the watches that show objects in these forms, after what is known of them; clients
  /// come again and see the new ones.
  void end(Set<StoredForm> gone) {
    for (StoredForm form : gone) {
      Set<Watch> watches = open.remove(form);
      if (watches != null) {
        watches.forEach(Watch::complete);
      }
    }
  }

  private WatchStart start(StoredResource as, StorePrefix below, ReadOptions options) {
    String version = options.resourceVersion();
    return switch (options.initialEvents()) {
      case SEND -> new WatchStart.State(ReadVersion.freshness(version));
      case UNSET -> {
        if (version.isEmpty() || version.equals("0")) {
          yield new WatchStart.State(ReadVersion.freshness(version));
        }
        yield new WatchStart.After(ReadVersion.parse(version));
      }
      case SKIP -> {
        if (version.isEmpty() || version.equals("0")) {
          Revision now =
              StorageFailures.reading(
                  as.type(),
                  "",
                  () -> objects.reader().list(below, new Freshness.Consistent()).revision());
          yield new WatchStart.After(now);
        }
        yield new WatchStart.After(ReadVersion.parse(version));
      }
    };
  }

  /// Between the cache and one client. Called by one thread at a time.
  private static final class Sink implements WatchSink<StoredObject> {
    private final StoredResource as;
    private final Selection selection;
    private final ReadOptions options;
    private final WatchObserver observer;

    Sink(StoredResource as, Selection selection, ReadOptions options, WatchObserver observer) {
      this.as = as;
      this.selection = selection;
      this.options = options;
      this.observer = observer;
    }

    @Override
    public boolean events(List<CacheEvent<StoredObject>> events) {
      var items = new ArrayList<WatchItem>(events.size());
      for (CacheEvent<StoredObject> event : events) {
        WatchItem item = item(event);
        if (item != null) {
          items.add(item);
        }
      }
      return items.isEmpty() || observer.events(items);
    }

    private @Nullable WatchItem item(CacheEvent<StoredObject> event) {
      SharedObject before = shared(event.before());
      SharedObject now = shared(event.now());
      boolean was = before != null && selection.matches(before);
      if (now != null && selection.matches(now)) {
        return new WatchItem(
            was ? WatchObserver.Type.MODIFIED : WatchObserver.Type.ADDED, as.shown(now));
      }
      return was && before != null
          ? new WatchItem(WatchObserver.Type.DELETED, as.shown(before.at(event.revision())))
          : null;
    }

    private @Nullable SharedObject shared(Optional<StoredObject> object) {
      return object.map(as::selected).orElse(null);
    }

    @Override
    public void initialStateComplete(Revision revision) {
      if (options.initialEvents() == InitialEvents.SEND
          && options.bookmarks() == Bookmarks.WANTED) {
        observer.bookmark(revision, true);
      }
    }

    @Override
    public void progress(Revision revision) {
      if (options.bookmarks() == Bookmarks.WANTED) {
        observer.bookmark(revision, false);
      }
    }

    @Override
    public void ended(StorageException cause) {
      observer.ended(StorageFailures.translate(cause, as.type(), ""));
    }

    @Override
    public void completed() {
      observer.completed();
    }
  }
}
