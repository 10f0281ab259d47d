package dev.drydock.apiserver.nodeproxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A tunnel as a socket, for whoever knows only those (the JDK's TLS does). One thread may read
/// while another writes; reading gives up after `SO_TIMEOUT`.
final class TunnelSocket extends Socket {
  private final Tunnel tunnel;
  private final LinkedBlockingQueue<Piece> arrived = new LinkedBlockingQueue<>();
  private volatile int patience;
  private volatile Life life = Life.OPEN;

  private enum Life {
    OPEN,
    CLOSED
  }

  /// What arrived.
  ///
  /// @param bytes null: nothing will follow
  /// @param failure why nothing will follow; null: the other side has said all
  private record Piece(@Nullable ByteBuffer bytes, @Nullable IOException failure) {}

  TunnelSocket(Tunnel tunnel) {
    this.tunnel = tunnel;
    Thread.ofVirtual().name("tunnel-socket").start(this::pump);
  }

  /// A tunnel can't be read with a time limit, a queue can.
  private void pump() {
    try {
      for (byte[] bytes = tunnel.read(); bytes != null; bytes = tunnel.read()) {
        arrived.add(new Piece(ByteBuffer.wrap(bytes), null));
      }
      arrived.add(new Piece(null, null));
    } catch (IOException failure) {
      arrived.add(new Piece(null, failure));
    }
  }

  @Override
  public InputStream getInputStream() {
    return new Arriving();
  }

  @Override
  public OutputStream getOutputStream() {
    return new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        tunnel.write(new byte[] {(byte) one});
      }

      @Override
      public void write(byte[] bytes, int from, int count) throws IOException {
        tunnel.write(Arrays.copyOfRange(bytes, from, from + count));
      }
    };
  }

  private final class Arriving extends InputStream {
    private ByteBuffer piece = ByteBuffer.allocate(0);
    private boolean ended;

    @Override
    public int read() throws IOException {
      return more() ? piece.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] to, int from, int count) throws IOException {
      if (count == 0) {
        return 0;
      }
      if (!more()) {
        return -1;
      }
      int some = Math.min(count, piece.remaining());
      piece.get(to, from, some);
      return some;
    }

    @Override
    public int available() {
      return piece.remaining();
    }

    @Override
    public void close() throws IOException {
      TunnelSocket.this.close();
    }

    private boolean more() throws IOException {
      while (!ended && !piece.hasRemaining()) {
        Piece next = await();
        IOException failure = next.failure();
        if (failure != null) {
          throw new IOException(failure.getMessage(), failure);
        }
        ByteBuffer bytes = next.bytes();
        ended = bytes == null;
        piece = bytes == null ? piece : bytes;
      }
      return !ended;
    }
  }

  private Piece await() throws IOException {
    try {
      int limit = patience;
      Piece next = limit == 0 ? arrived.take() : arrived.poll(limit, TimeUnit.MILLISECONDS);
      if (next == null) {
        throw new SocketTimeoutException("Read timed out");
      }
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.io.InterruptedIOException("interrupted");
    }
  }

  @Override
  public void setSoTimeout(int millis) {
    patience = millis;
  }

  @Override
  public int getSoTimeout() {
    return patience;
  }

  @Override
  public void setTcpNoDelay(boolean on) {
    // Nothing is ever held back.
  }

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public boolean isClosed() {
    return life == Life.CLOSED;
  }

  @Override
  public void shutdownOutput() throws IOException {
    tunnel.endOutput();
  }

  @Override
  public void close() throws IOException {
    life = Life.CLOSED;
    tunnel.close();
    super.close();
  }
}
