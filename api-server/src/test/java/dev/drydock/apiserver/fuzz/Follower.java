package dev.drydock.apiserver.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.Revision;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.registry.Registry;
import dev.drydock.apiserver.registry.RegistryFixture;
import dev.drydock.apiserver.request.ObjectList;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.ReadOptions.Bookmarks;
import dev.drydock.apiserver.request.ReadOptions.InitialEvents;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.WatchObserver;
import dev.drydock.apiserver.storage.ObjectReader.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A client that lists and watches config maps and remembers all it is told. When its revision is
/// too old, it lists again.
final class Follower implements WatchObserver, AutoCloseable {
  private final Registry server;
  private final Way way;
  private final String selector;
  private final Map<String, Revision> initial = new TreeMap<>();
  private final List<Told> told = new ArrayList<>();
  private final LinkedBlockingQueue<Object> heard = new LinkedBlockingQueue<>();
  private Revision begunAt = Revision.NONE;
  private boolean telling;
  private @Nullable Subscription subscription;

  /// How it begins.
  enum Way {
    LIST,
    INITIAL_EVENTS,
    OLD_REVISION
  }

  /// One event.
  record Told(Type type, String name, Revision revision, boolean selected) {}

  private record Mark(Revision revision) {}

  Follower(Registry server, Way way, String selector) {
    this.server = server;
    this.way = way;
    this.selector = selector;
  }

  static Target maps(String name) {
    return RegistryFixture.target("configmaps", "default", name);
  }

  private ReadOptions options(String revision, InitialEvents initialEvents) {
    String match = initialEvents == InitialEvents.SEND ? "NotOlderThan" : "";
    return new ReadOptions(selector, "", revision, match, 0, "", initialEvents, Bookmarks.WANTED);
  }

  /// @param old from where to go on, when it begins so
  void begin(Revision old) {
    switch (way) {
      case LIST -> listAndWatch();
      case INITIAL_EVENTS -> watch(options("", InitialEvents.SEND));
      case OLD_REVISION -> {
        if (old.isNone()) {
          listAndWatch();
        } else {
          resume(old);
        }
      }
    }
  }

  private void resume(Revision old) {
    ObjectList then;
    try {
      then =
          server.list(
              Interleaving.CONTEXT,
              maps(""),
              new ReadOptions(
                  selector,
                  "",
                  old.toString(),
                  "Exact",
                  0,
                  "",
                  InitialEvents.UNSET,
                  Bookmarks.NOT_WANTED));
    } catch (ApiException compacted) {
      assertThat(compacted.status().code()).isEqualTo(410);
      listAndWatch();
      return;
    }
    watchAfter(then);
  }

  private void listAndWatch() {
    watchAfter(server.list(Interleaving.CONTEXT, maps(""), options("", InitialEvents.UNSET)));
  }

  private void watchAfter(ObjectList list) {
    initial.clear();
    told.clear();
    heard.clear();
    list.items().forEach(item -> initial.put(item.name(), item.revision()));
    begunAt = list.revision();
    telling = true;
    watch(options(begunAt.toString(), InitialEvents.UNSET));
  }

  private void watch(ReadOptions options) {
    try {
      subscription = server.watch(Interleaving.CONTEXT, maps(""), options, this);
    } catch (ApiException old) {
      assertThat(old.status().code()).isEqualTo(410);
      listAndWatch();
    }
  }

  @Override
  public boolean events(List<WatchItem> events) {
    for (WatchItem item : events) {
      boolean selected = item.object().tree().at("/metadata/labels/app").asString("").equals("x");
      heard.add(new Told(item.type(), item.object().name(), item.object().revision(), selected));
    }
    return true;
  }

  @Override
  public void bookmark(Revision revision, boolean initialEventsEnd) {
    if (initialEventsEnd) {
      heard.add(new Mark(revision));
    }
  }

  @Override
  public void ended(ApiException cause) {
    heard.add(cause);
  }

  @Override
  public void completed() {
    heard.add("completed");
  }

  /// Takes in what is told until this object appears; lists anew when the history is gone.
  void await(String name) throws InterruptedException {
    while (told.isEmpty() || !told.getLast().name().equals(name)) {
      if (telling && initial.containsKey(name)) {
        return;
      }
      Object next = heard.poll(30, TimeUnit.SECONDS);
      switch (next) {
        case Told event when telling -> told.add(event);
        case Told event -> initial.put(event.name(), event.revision());
        case Mark mark -> {
          begunAt = mark.revision();
          telling = true;
        }
        case ApiException old -> {
          assertThat(old.status().code()).as(old.getMessage()).isEqualTo(410);
          close();
          listAndWatch();
        }
        case null, default ->
            throw new AssertionError("heard " + next + " after " + told + " from " + begunAt);
      }
    }
  }

  String selector() {
    return selector;
  }

  Revision begunAt() {
    return begunAt;
  }

  Map<String, Revision> initial() {
    return initial;
  }

  List<Told> told() {
    return told;
  }

  @Override
  public void close() {
    Subscription open = subscription;
    if (open != null) {
      open.close();
    }
  }
}
