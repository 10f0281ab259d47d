package dev.drydock.apiserver.rpc;

import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.StatusReason;
import dev.drydock.apiserver.request.StatusJson;
import dev.drydock.apiserver.request.WatchObserver.WatchItem;
import dev.drydock.apiserver.request.WatchQueue;
import dev.drydock.apiserver.request.WatchQueue.Signal;
import dev.drydock.apiserver.rpc.Messages.Extent;
import dev.drydock.proto.Resource;
import dev.drydock.proto.WatchEvent;
import dev.drydock.proto.WatchResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// Sends a watch to a gRPC client as fast as the client takes it, several events in a message. One
/// drain runs at a time, on a worker; it ends where the client can't take more and is started
/// again by gRPC.
final class WatchSender {
  private static final int MAX_BYTES = 256 * 1024;

  private final ServerCallStreamObserver<WatchResponse> stream;
  private final Extent extent;
  private final Executor workers;
  private final WatchQueue queue = new WatchQueue(this::wake);
  private final AtomicInteger wakes = new AtomicInteger();
  private final AtomicReference<Runnable> onClose = new AtomicReference<>(WatchSender::nothing);
  private Iterator<WatchItem> items = List.<WatchItem>of().iterator();
  private volatile boolean ended;

  /// Must be made while the call's handler runs: gRPC takes its callbacks only then.
  WatchSender(ServerCallStreamObserver<WatchResponse> stream, Extent extent, Executor workers) {
    this.stream = stream;
    this.extent = extent;
    this.workers = workers;
    stream.setOnReadyHandler(this::wake);
    stream.setOnCancelHandler(this::close);
  }

  WatchQueue queue() {
    return queue;
  }

  /// @param whenClosed called once, when the watch is over
  void begin(Runnable whenClosed) {
    onClose.set(whenClosed);
    if (stream.isCancelled()) {
      close();
    }
    wake();
  }

  private void wake() {
    if (wakes.getAndIncrement() == 0) {
      workers.execute(this::drainUntilQuiet);
    }
  }

  private void drainUntilQuiet() {
    int seen = 1;
    do {
      drain();
      seen = wakes.addAndGet(-seen);
    } while (seen != 0);
  }

  private void drain() {
    while (!ended && stream.isReady()) {
      WatchResponse.Builder batch = WatchResponse.newBuilder();
      boolean last = fill(batch);
      if (batch.getEventsCount() > 0) {
        stream.onNext(batch.build());
      }
      if (last) {
        close();
        stream.onCompleted();
        return;
      }
      if (batch.getEventsCount() == 0) {
        return;
      }
    }
  }

  /// Whether the watch ends with this batch.
  private boolean fill(WatchResponse.Builder batch) {
    int bytes = 0;
    while (bytes < MAX_BYTES) {
      if (items.hasNext()) {
        WatchEvent event = event(items.next());
        bytes += event.getObject().getJson().size() + 64;
        batch.addEvents(event);
        continue;
      }
      switch (queue.poll()) {
        case null -> {
          return false;
        }
        case Signal.Events(List<WatchItem> events) -> items = events.iterator();
        case Signal.Bookmark(var revision, boolean initialEventsEnd) ->
            batch.addEvents(
                WatchEvent.newBuilder()
                    .setType(WatchEvent.Type.BOOKMARK)
                    .setObject(Resource.newBuilder().setRevision(revision.value()))
                    .setInitialEventsEnd(initialEventsEnd));
        case Signal.Completed() -> {
          return true;
        }
        case Signal.Ended(ApiException cause) -> {
          batch.addEvents(
              WatchEvent.newBuilder()
                  .setType(WatchEvent.Type.ERROR)
                  .setObject(
                      Resource.newBuilder()
                          .setJson(Messages.shared(StatusJson.of(cause.status()).array()))));
          return true;
        }
      }
    }
    return false;
  }

  private WatchEvent event(WatchItem item) {
    WatchEvent.Type type =
        switch (item.type()) {
          case ADDED -> WatchEvent.Type.ADDED;
          case MODIFIED -> WatchEvent.Type.MODIFIED;
          case DELETED -> WatchEvent.Type.DELETED;
        };
    return WatchEvent.newBuilder()
        .setType(type)
        .setObject(Messages.resource(item.object(), extent))
        .build();
  }

  private void close() {
    ended = true;
    onClose.getAndSet(WatchSender::nothing).run();
  }

  void endForShutdown() {
    workers.execute(
        () -> {
          if (!ended) {
            close();
            stream.onError(
                RpcErrors.of(
                    ApiException.of(
                        StatusReason.SERVICE_UNAVAILABLE, "the api-server is shutting down")));
          }
        });
  }

  private static void nothing() {
    // Nobody has to be told.
  }
}
