package dev.drydock.kubelet.program.tls;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.drydock.kubelet.network.Connection;
import dev.drydock.kubelet.network.Endpoint;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;

/// What is inside the TLS of a connection. One thread reads, any may write.
final class TlsConnection implements Connection {
  private final Connection outer;
  private final SSLEngine engine;
  private final InputStream input = new Plain();
  private final OutputStream output = new Secured();
  private ByteBuffer encrypted;
  private ByteBuffer decrypted;

  @GuardedBy("output")
  private ByteBuffer record;

  TlsConnection(Connection outer, SSLEngine engine) {
    this.outer = outer;
    this.engine = engine;
    int packet = engine.getSession().getPacketBufferSize();
    this.encrypted = ByteBuffer.allocate(packet).flip();
    this.decrypted = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()).flip();
    this.record = ByteBuffer.allocate(packet);
  }

  @Override
  public Endpoint local() {
    return outer.local();
  }

  @Override
  public Endpoint remote() {
    return outer.remote();
  }

  @Override
  public InputStream input() {
    return input;
  }

  @Override
  public OutputStream output() {
    return output;
  }

  @Override
  public void close() {
    engine.closeOutbound();
    try {
      write(ByteBuffer.allocate(0));
    } catch (IOException gone) {
      // Nobody is there to be told.
    }
    outer.close();
  }

  /// Reads until there is plain text.
  ///
  /// @return whether there is; else the other side has ended
  private boolean fill() throws IOException {
    while (!decrypted.hasRemaining()) {
      if (!step()) {
        return decrypted.hasRemaining();
      }
    }
    return true;
  }

  /// Agrees with the other side before anything is read or written.
  void handshake() throws IOException {
    engine.beginHandshake();
    while (engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
      if (engine.getHandshakeStatus() != HandshakeStatus.NEED_UNWRAP) {
        answer(engine.getHandshakeStatus());
      } else if (!step()) {
        throw new EOFException("tls: the other side ended during the handshake");
      }
    }
  }

  /// Takes one record, or more bytes of it.
  ///
  /// @return whether the other side may send more
  private boolean step() throws IOException {
    decrypted.compact();
    SSLEngineResult result = engine.unwrap(encrypted, decrypted);
    decrypted.flip();
    answer(result.getHandshakeStatus());
    return switch (result.getStatus()) {
      case CLOSED -> false;
      case BUFFER_UNDERFLOW -> more();
      case BUFFER_OVERFLOW -> {
        int size = engine.getSession().getApplicationBufferSize() + decrypted.remaining();
        decrypted = ByteBuffer.allocate(size).put(decrypted).flip();
        yield true;
      }
      case OK -> true;
    };
  }

  /// Does what the handshake asks of this side.
  private void answer(HandshakeStatus wish) throws IOException {
    if (wish == HandshakeStatus.NEED_TASK) {
      for (Runnable task = engine.getDelegatedTask();
          task != null;
          task = engine.getDelegatedTask()) {
        task.run();
      }
      answer(engine.getHandshakeStatus());
    } else if (wish == HandshakeStatus.NEED_WRAP) {
      write(ByteBuffer.allocate(0));
    }
  }

  private boolean more() throws IOException {
    if (encrypted.remaining() == encrypted.capacity()) {
      encrypted = ByteBuffer.allocate(2 * encrypted.capacity()).put(encrypted).flip();
    }
    encrypted.compact();
    int read =
        outer
            .input()
            .read(
                encrypted.array(),
                encrypted.arrayOffset() + encrypted.position(),
                encrypted.remaining());
    encrypted.position(encrypted.position() + Math.max(0, read)).flip();
    return read > 0;
  }

  /// Sends the text, or with none what the handshake has to say.
  private void write(ByteBuffer text) throws IOException {
    synchronized (output) {
      do {
        record.clear();
        SSLEngineResult result = engine.wrap(text, record);
        if (result.getStatus() == Status.BUFFER_OVERFLOW) {
          record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        } else {
          outer.output().write(record.array(), 0, record.position());
        }
        if (result.getStatus() == Status.CLOSED || result.bytesProduced() == 0) {
          return;
        }
      } while (text.hasRemaining() || engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP);
    }
  }

  private final class Plain extends InputStream {
    @Override
    public int read() throws IOException {
      return fill() ? decrypted.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (!fill()) {
        return -1;
      }
      int count = Math.min(length, decrypted.remaining());
      decrypted.get(into, from, count);
      return count;
    }

    @Override
    public int available() {
      return decrypted.remaining();
    }
  }

  private final class Secured extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      if (length > 0) {
        TlsConnection.this.write(ByteBuffer.wrap(bytes, from, length));
      }
    }

    @Override
    public void flush() throws IOException {
      outer.output().flush();
    }
  }
}
