package dev.drydock.apiserver.rest.extension;

import dev.drydock.api.codec.TreeCodec;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.StatusReason;
import dev.drydock.apiserver.request.ReadOptions.Bookmarks;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.request.WatchObserver;
import dev.drydock.apiserver.request.WatchObserver.WatchItem;
import dev.drydock.apiserver.storage.ObjectReader.Subscription;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Tells an observer what an extension api-server tells, event by event. Runs on a thread of its
/// own until either side ends.
final class RemoteWatch implements Subscription {
  private static final int GONE = 410;

  private final RemoteCall call;
  private final WatchObserver observer;
  private final Bookmarks bookmarks;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private volatile boolean closed;

  RemoteWatch(RemoteCall call, WatchObserver observer, Bookmarks bookmarks) {
    this.call = call;
    this.observer = observer;
    this.bookmarks = bookmarks;
  }

  /// @param present told first, with the news that this was all
  void run(RemoteCall.Question question, Beginning present) {
    try (call) {
      call.begin(question);
      if (present.isTold() && !begin(present)) {
        return;
      }
      boolean going = true;
      while (going) {
        Optional<byte[]> piece = call.read();
        if (piece.isEmpty()) {
          observer.completed();
          return;
        }
        going = take(piece.get());
      }
    } catch (ApiException failure) {
      ended(failure);
    } catch (IOException failure) {
      ended(
          ApiException.of(
              StatusReason.SERVICE_UNAVAILABLE,
              "error trying to reach service: " + failure.getMessage()));
    }
  }

  /// What there was when the watch began.
  ///
  /// @param isTold whether the observer wants to hear of it
  record Beginning(List<StoredObject> items, dev.drydock.api.meta.Revision at, boolean isTold) {
    Beginning {
      items = List.copyOf(items);
    }
  }

  private boolean begin(Beginning present) {
    List<WatchItem> added =
        present.items().stream()
            .map(object -> new WatchItem(WatchObserver.Type.ADDED, object))
            .toList();
    if (!added.isEmpty() && !told(added)) {
      return false;
    }
    observer.bookmark(present.at(), true);
    return true;
  }

  private void ended(ApiException cause) {
    if (!closed) {
      observer.ended(cause);
    }
  }

  /// @return whether the watch goes on
  private boolean take(byte[] piece) {
    for (byte each : piece) {
      if (each != '\n') {
        line.write(each);
      } else if (line.size() > 0) {
        byte[] event = line.toByteArray();
        line.reset();
        if (!event(TreeCodec.read(event))) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean event(ObjectNode event) {
    if (!(event.get("object") instanceof ObjectNode object)) {
      return true;
    }
    return switch (event.path("type").asString("")) {
      case "ADDED" -> told(WatchObserver.Type.ADDED, object);
      case "MODIFIED" -> told(WatchObserver.Type.MODIFIED, object);
      case "DELETED" -> told(WatchObserver.Type.DELETED, object);
      case "BOOKMARK" -> {
        if (bookmarks == Bookmarks.WANTED) {
          observer.bookmark(RemoteObjects.revision(object), false);
        }
        yield true;
      }
      default -> {
        ended(new ApiException(RemoteCall.status(object.path("code").asInt(GONE), object)));
        yield false;
      }
    };
  }

  private boolean told(WatchObserver.Type type, ObjectNode object) {
    return told(List.of(new WatchItem(type, RemoteObjects.object(object))));
  }

  private boolean told(List<WatchItem> events) {
    if (observer.events(events)) {
      return true;
    }
    ended(ApiException.of(StatusReason.EXPIRED, "the watcher is too slow"));
    return false;
  }

  @Override
  public void close() {
    closed = true;
    call.abort();
  }
}
