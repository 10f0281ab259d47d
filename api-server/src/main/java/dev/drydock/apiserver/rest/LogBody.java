package dev.drydock.apiserver.rest;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.nodeproxy.PodLogs;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The log of a container on its way to the client. Asks for the next chunk only when one was
/// sent on, so little is ever held here.
final class LogBody implements StreamBody, PodLogs.Sink {
  private static final long FIRST_WORD_MILLIS = 300;

  private final ConcurrentLinkedQueue<byte[]> chunks = new ConcurrentLinkedQueue<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final AtomicReference<Runnable> wake = new AtomicReference<>(LogBody::nobody);
  private final AtomicReference<Runnable> onClose = new AtomicReference<>(LogBody::nobody);
  private final AtomicReference<@Nullable ApiException> failure = new AtomicReference<>();
  private volatile boolean ended;
  private volatile PodLogs.@Nullable Stream stream;

  void follow(PodLogs.Stream source, Runnable whenClosed) {
    stream = source;
    onClose.set(whenClosed);
    source.request();
  }

  /// Waits a moment for the kubelet's first word: a failure then becomes a proper `Status`.
  void awaitBeginning() {
    try {
      if (begun.await(FIRST_WORD_MILLIS, TimeUnit.MILLISECONDS) && chunks.isEmpty()) {
        ApiException problem = failure.get();
        if (problem != null) {
          onClose.set(LogBody::nobody);
          throw problem;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void data(byte[] bytes) {
    chunks.add(bytes);
    begun.countDown();
    wake.get().run();
  }

  @Override
  public void ended(@Nullable ApiException problem) {
    failure.set(problem);
    if (problem != null && begun.getCount() == 0) {
      chunks.add((problem.getMessage() + "\n").getBytes(StandardCharsets.UTF_8));
    }
    ended = true;
    begun.countDown();
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
    byte[] chunk = chunks.poll();
    if (chunk == null) {
      return null;
    }
    PodLogs.Stream source = stream;
    if (source != null && !ended) {
      source.request();
    }
    return Unpooled.wrappedBuffer(chunk);
  }

  @Override
  public boolean isFinished() {
    return ended && chunks.isEmpty();
  }

  @Override
  public void close() {
    wake.set(LogBody::nobody);
    PodLogs.Stream source = stream;
    if (source != null) {
      source.close();
    }
    onClose.getAndSet(LogBody::nobody).run();
  }

  private static void nobody() {
    // Nobody is waiting.
  }
}
