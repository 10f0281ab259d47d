package dev.drydock.apiserver.storage.etcd;

import com.google.protobuf.ByteString;
import dev.drydock.api.meta.Revision;
import dev.drydock.apiserver.storage.ObjectStore;
import dev.drydock.apiserver.storage.StorageException;
import dev.drydock.apiserver.storage.StoreListener;
import dev.drydock.apiserver.storage.StoreListener.StoreChange;
import dev.drydock.apiserver.storage.StorePrefix;
import dev.drydock.client.time.Timers;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchProgressRequest;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One watch on a stream and a thread of its own. A lost stream is opened again at the next
/// revision that has not been told, so nothing is lost and nothing told twice.
///
/// The thread is one of the platform: virtual ones take turns only when they wait, so behind a
/// burst of requests this one would come last, while those requests wait for what it brings.
final class EtcdWatch implements ObjectStore.StoreWatch {
  private static final Logger LOG = LoggerFactory.getLogger(EtcdWatch.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final WatchRequest PROGRESS =
      WatchRequest.newBuilder().setProgressRequest(WatchProgressRequest.newBuilder()).build();

  private final EtcdConnection connection;
  private final Timers timers;
  private final StorePrefix prefix;
  private final StoreListener listener;
  private final Consumer<EtcdWatch> onEnd;
  private final ByteString prefixBytes;
  private final boolean wholeRoot;
  private final CompletableFuture<Void> closing = new CompletableFuture<>();
  private final AtomicReference<@Nullable BlockingClientCall<WatchRequest, WatchResponse>> stream =
      new AtomicReference<>();

  /// The first revision that has not been told. Of the watch's thread.
  private long next;

  private Duration pause = FIRST_PAUSE;

  EtcdWatch(
      EtcdConnection connection,
      Timers timers,
      StorePrefix prefix,
      StoreListener listener,
      Consumer<EtcdWatch> onEnd) {
    this.connection = connection;
    this.timers = timers;
    this.prefix = prefix;
    this.listener = listener;
    this.onEnd = onEnd;
    this.prefixBytes = EtcdKeys.of(prefix.path());
    this.wholeRoot = prefix.path().indexOf('/', 1) == prefix.path().length() - 1;
  }

  void start(Revision after) {
    next = after.value() + 1;
    Thread.ofPlatform().daemon().name("etcd-watch " + prefix).start(this::run);
  }

  private void run() {
    while (!closing.isDone()) {
      try {
        follow();
      } catch (StatusException e) {
        if (!closing.isDone()) {
          LOG.info("The watch of {} lost its stream at {}: {}", prefix, next, e.getMessage());
        }
      } catch (InterruptedException e) {
        close();
      }
      rest();
    }
  }

  /// Reads one stream until it ends.
  private void follow() throws StatusException, InterruptedException {
    BlockingClientCall<WatchRequest, WatchResponse> call = connection.watch().watch();
    stream.set(call);
    try {
      call.write(WatchRequest.newBuilder().setCreateRequest(creation()).build());
      WatchResponse response = call.read();
      while (response != null && !closing.isDone() && handle(response)) {
        response = call.read();
      }
    } finally {
      stream.set(null);
      call.cancel("no longer needed", null);
    }
  }

  private WatchCreateRequest creation() {
    return WatchCreateRequest.newBuilder()
        .setKey(wholeRoot ? EtcdKeys.ZERO : prefixBytes)
        .setRangeEnd(wholeRoot ? EtcdKeys.ZERO : EtcdKeys.end(prefix))
        .setStartRevision(next)
        .setProgressNotify(true)
        .build();
  }

  /// @return false when the stream is of no more use
  private boolean handle(WatchResponse response) {
    if (response.getCanceled()) {
      if (response.getCompactRevision() > 0) {
        fail(response.getCompactRevision());
      } else {
        LOG.warn("etcd cancelled the watch of {}: {}", prefix, response.getCancelReason());
      }
      return false;
    }
    pause = FIRST_PAUSE;
    if (response.getEventsCount() > 0) {
      tell(response.getEventsList());
      return true;
    }
    if (!response.getCreated()) {
      progress(response);
    }
    return true;
  }

  /// A mark that was asked for carries id -1 and may overtake events in etcd before 3.4.25 and
  /// 3.5.8. A watch of a whole root hears of every revision anyway, and believes no such mark.
  private void progress(WatchResponse mark) {
    long revision = mark.getHeader().getRevision();
    boolean inOrder = mark.getWatchId() >= 0;
    if (inOrder) {
      next = Math.max(next, revision + 1);
    }
    if (inOrder || !wholeRoot) {
      listener.progress(Revision.of(revision));
    }
  }

  private void tell(List<Event> events) {
    List<StoreChange> changes = new ArrayList<>(events.size());
    long last = 0;
    for (Event event : events) {
      last = event.getKv().getModRevision();
      if (last < next || !event.getKv().getKey().startsWith(prefixBytes)) {
        continue;
      }
      switch (event.getType()) {
        case PUT -> changes.add(new StoreChange.Put(EtcdKeys.stored(event.getKv())));
        case DELETE ->
            changes.add(new StoreChange.Delete(EtcdKeys.key(event.getKv()), Revision.of(last)));
        case UNRECOGNIZED -> throw new IllegalStateException("unknown event: " + event);
      }
    }
    boolean trailing = changes.isEmpty() || changes.getLast().revision().value() < last;
    next = Math.max(next, last + 1);
    if (!changes.isEmpty()) {
      listener.changed(changes);
    }
    if (trailing) {
      listener.progress(Revision.of(last));
    }
  }

  private void fail(long oldestKept) {
    if (closing.complete(null)) {
      onEnd.accept(this);
      listener.failed(
          new StorageException.Compacted(Revision.of(next - 1), Revision.of(oldestKept)));
    }
  }

  /// Waits a little, longer each time in a row.
  private void rest() {
    if (!closing.isDone()) {
      CompletableFuture<Void> rested = new CompletableFuture<>();
      Timers.Cancellable timer = timers.after(pause, () -> rested.complete(null));
      CompletableFuture.anyOf(rested, closing).join();
      timer.cancel();
      Duration longer = pause.multipliedBy(2);
      pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }
  }

  @Override
  public void requestProgress() {
    BlockingClientCall<WatchRequest, WatchResponse> open = stream.get();
    if (open == null) {
      return;
    }
    try {
      open.write(PROGRESS);
    } catch (StatusException e) {
      LOG.debug("No progress mark for {}: the stream is gone", prefix, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing.complete(null);
    onEnd.accept(this);
    BlockingClientCall<WatchRequest, WatchResponse> open = stream.get();
    if (open != null) {
      open.cancel("closed", null);
    }
  }
}
