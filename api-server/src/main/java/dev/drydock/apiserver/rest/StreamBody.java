package dev.drydock.apiserver.rest;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/// A body that is made as fast as the client takes it. Pulled on the connection's event loop, so
/// [#next] must not block.
interface StreamBody extends AutoCloseable {
  long UNKNOWN = -1;

  /// In bytes, or [#UNKNOWN].
  long length();

  /// Called once, before the first [#next].
  ///
  /// @param wake to be called, on any thread, when there is something new
  void begin(Runnable wake);

  /// The next piece; null: nothing now (or, when finished, ever).
  @Nullable ByteBuf next(ByteBufAllocator allocator);

  /// Whether nothing follows; asked after [#next] gave null.
  boolean isFinished();

  /// Called once, when everything is sent or the client has gone.
  @Override
  void close();
}
