package dev.drydock.apiserver.rest;

import dev.drydock.api.meta.Revision;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.request.WatchObserver.WatchItem;
import dev.drydock.apiserver.request.WatchQueue;
import dev.drydock.apiserver.request.WatchQueue.Signal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A watch as a stream of events. What waits are references to shared objects; bytes are made only
/// when the connection takes them.
final class WatchBody implements StreamBody {
  private static final int PIECE = 32 * 1024;
  private static final int SMALL_PIECE = 2 * 1024;
  private final AtomicReference<Runnable> wake = new AtomicReference<>(WatchBody::nobody);
  private final AtomicBoolean timedOut = new AtomicBoolean();
  private final WatchQueue queue = new WatchQueue(() -> wake.get().run());
  private final WatchEncoder encoder;
  private final WatchFraming framing;
  private final AtomicReference<Runnable> onClose = new AtomicReference<>(WatchBody::nobody);
  private Iterator<WatchItem> items = List.<WatchItem>of().iterator();
  private int expected = SMALL_PIECE;
  private boolean ended;

  WatchBody(WatchEncoder encoder, WatchFraming framing) {
    this.encoder = encoder;
    this.framing = framing;
  }

  /// Where the events come in.
  WatchQueue queue() {
    return queue;
  }

  void onClose(Runnable action) {
    onClose.set(action);
  }

  /// Ends the stream after what is waiting.
  void expire() {
    timedOut.set(true);
    wake.get().run();
  }

  @Override
  public long length() {
    return UNKNOWN;
  }

  @Override
  public void begin(Runnable newWake) {
    wake.set(newWake);
  }

  @Override
  public @Nullable ByteBuf next(ByteBufAllocator allocator) {
    ByteBuf piece = null;
    while (!ended && (piece == null || piece.readableBytes() < PIECE)) {
      if (!items.hasNext()) {
        Signal signal = queue.poll();
        if (signal == null) {
          break;
        }
        piece = piece == null ? allocator.buffer(expected) : piece;
        take(signal, piece);
      } else {
        piece = piece == null ? allocator.buffer(expected) : piece;
        write(items.next(), piece);
      }
    }
    if (piece != null && !piece.isReadable()) {
      piece.release();
      return null;
    }
    if (piece != null) {
      // A buffer that must grow is copied; one piece is about as long as the last.
      expected = Math.max(SMALL_PIECE, piece.readableBytes());
    }
    return piece;
  }

  private void take(Signal signal, ByteBuf out) {
    switch (signal) {
      case Signal.Events(List<WatchItem> events) -> items = events.iterator();
      case Signal.Bookmark(Revision revision, boolean initialEventsEnd) -> {
        String mark = initialEventsEnd ? INITIAL_EVENTS_END : "";
        String metadata =
            "{\"resourceVersion\":\"" + revision + "\",\"creationTimestamp\":null" + mark + "}";
        byte[] object = encoder.bookmark(metadata.getBytes(StandardCharsets.UTF_8));
        framing.write(WatchFraming.Type.BOOKMARK, object, out);
      }
      case Signal.Ended(ApiException cause) -> {
        framing.write(WatchFraming.Type.ERROR, framing.status(cause.status()), out);
        ended = true;
      }
      case Signal.Completed() -> ended = true;
    }
  }

  private static final String INITIAL_EVENTS_END =
      ",\"annotations\":{\"k8s.io/initial-events-end\":\"true\"}";

  private void write(WatchItem item, ByteBuf out) {
    framing.write(WatchFraming.Type.of(item.type()), encoder.encode(item.object()), out);
  }

  @Override
  public boolean isFinished() {
    return ended || timedOut.get();
  }

  @Override
  public void close() {
    ended = true;
    wake.set(WatchBody::nobody);
    onClose.getAndSet(WatchBody::nobody).run();
  }

  private static void nobody() {
    // Nobody is waiting.
  }
}
