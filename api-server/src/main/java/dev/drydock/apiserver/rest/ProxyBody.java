package dev.drydock.apiserver.rest;

import dev.drydock.apiserver.rest.proxy.HttpExchange;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The body of a server's answer on its way to the client, a few pieces ahead of it.
final class ProxyBody implements StreamBody {
  private static final int AHEAD = 8;

  private final HttpExchange exchange;
  private final long length;
  private final Runnable onEnd;
  private final ConcurrentLinkedQueue<byte[]> pieces = new ConcurrentLinkedQueue<>();
  private final Semaphore room = new Semaphore(AHEAD);
  private final AtomicReference<Runnable> wake = new AtomicReference<>(ProxyBody::nobody);
  private volatile boolean ended;
  private volatile @Nullable Thread reader;

  ProxyBody(HttpExchange exchange, long length, Runnable onEnd) {
    this.exchange = exchange;
    this.length = length;
    this.onEnd = onEnd;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void begin(Runnable newWake) {
    wake.set(newWake);
    reader = Thread.ofVirtual().name("proxy").start(this::read);
  }

  private void read() {
    try (exchange) {
      for (byte[] piece = exchange.read(); piece != null; piece = exchange.read()) {
        if (piece.length > 0) {
          room.acquire();
          pieces.add(piece);
          wake.get().run();
        }
      }
    } catch (IOException broken) {
      // The answer ends here; a client that knew its length sees that it is short.
    } catch (InterruptedException gone) {
      Thread.currentThread().interrupt();
    } finally {
      ended = true;
      wake.get().run();
    }
  }

  @Override
  public @Nullable ByteBuf next(ByteBufAllocator allocator) {
    byte[] piece = pieces.poll();
    if (piece == null) {
      return null;
    }
    room.release();
    return Unpooled.wrappedBuffer(piece);
  }

  @Override
  public boolean isFinished() {
    return ended && pieces.isEmpty();
  }

  @Override
  public void close() {
    wake.set(ProxyBody::nobody);
    Thread reading = reader;
    if (reading != null) {
      reading.interrupt();
    }
    onEnd.run();
  }

  private static void nobody() {
    // Nobody is waiting.
  }
}
