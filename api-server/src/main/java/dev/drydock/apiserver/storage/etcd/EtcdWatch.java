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
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One watch. A lost stream is opened again at the next revision that has not been told, so nothing
/// is lost and nothing told twice.
///
/// The listener is called by the event loop that reads from etcd: a thread of the watch's own would
/// have to be woken for each change, and a virtual one would come last behind a burst of requests
/// that wait for what it brings.
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
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicReference<@Nullable Stream> stream = new AtomicReference<>();

  /// The first revision that has not been told. Of the open stream.
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
    open();
  }

  private void open() {
    Stream opened = new Stream(connection.watch());
    opened.begin(creation());
    stream.set(opened);
    if (closed.get()) {
      opened.cancel();
    }
  }

  /// One stream to etcd. The next one opens when this one has ended.
  private final class Stream extends ClientCall.Listener<WatchResponse> {
    private final ClientCall<WatchRequest, WatchResponse> call;

    Stream(ClientCall<WatchRequest, WatchResponse> call) {
      this.call = call;
    }

    void begin(WatchCreateRequest creation) {
      call.start(this, EtcdConnection.requireLeader());
      call.request(1);
      send(WatchRequest.newBuilder().setCreateRequest(creation).build());
    }

    @Override
    public void onMessage(WatchResponse response) {
      if (!closed.get() && !handle(response)) {
        cancel();
      }
      call.request(1);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      if (!closed.get()) {
        LOG.info("The watch of {} lost its stream at {}: {}", prefix, next, status);
      }
      stream.compareAndSet(this, null);
      openAgain();
    }

    /// Whoever asks: a call takes requests from one thread at a time only.
    synchronized void send(WatchRequest request) {
      call.sendMessage(request);
    }

    void cancel() {
      call.cancel("no longer needed", null);
    }
  }

  /// After a little while, longer each time in a row.
  private void openAgain() {
    if (closed.get()) {
      return;
    }
    timers.after(
        pause,
        () -> {
          if (!closed.get()) {
            open();
          }
        });
    Duration longer = pause.multipliedBy(2);
    pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
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
    if (closed.compareAndSet(false, true)) {
      onEnd.accept(this);
      listener.failed(
          new StorageException.Compacted(Revision.of(next - 1), Revision.of(oldestKept)));
    }
  }

  @Override
  public void requestProgress() {
    Stream open = stream.get();
    if (open == null) {
      return;
    }
    try {
      open.send(PROGRESS);
    } catch (IllegalStateException e) {
      LOG.debug("No progress mark for {}: the stream is gone", prefix, e);
    }
  }

  @Override
  public void close() {
    closed.set(true);
    onEnd.accept(this);
    Stream open = stream.get();
    if (open != null) {
      open.cancel();
    }
  }
}
