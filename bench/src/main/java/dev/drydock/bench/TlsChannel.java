package dev.drydock.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;

/// A TLS connection that reads many records with one system call. Works on blocking and on
/// non-blocking channels; belongs to one thread.
final class TlsChannel implements AutoCloseable {
  private static final int READ = 256 * 1024;

  private final SocketChannel channel;
  private final SSLEngine engine;
  private final ByteBuffer received = ByteBuffer.allocate(READ);
  private final ByteBuffer plain;
  private final ByteBuffer sent;

  /// Takes what was received, in order; need not keep the array.
  @FunctionalInterface
  interface Taker {
    void take(byte[] bytes, int from, int to) throws IOException;
  }

  /// Connects and shakes hands.
  TlsChannel(SSLContext context, String host, int port) throws IOException {
    engine = context.createSSLEngine(host, port);
    engine.setUseClientMode(true);
    plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
    sent = ByteBuffer.allocate(4 * engine.getSession().getPacketBufferSize());
    channel = SocketChannel.open(new InetSocketAddress(host, port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    engine.beginHandshake();
    shakeHands();
  }

  SocketChannel channel() {
    return channel;
  }

  private void shakeHands() throws IOException {
    while (true) {
      switch (engine.getHandshakeStatus()) {
        case NEED_WRAP -> write(ByteBuffer.allocate(0));
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
          received.flip();
          var result = engine.unwrap(received, plain.clear());
          received.compact();
          if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
            fill();
          }
        }
        case NEED_TASK -> engine.getDelegatedTask().run();
        case NOT_HANDSHAKING, FINISHED -> {
          return;
        }
      }
    }
  }

  void write(ByteBuffer bytes) throws IOException {
    do {
      engine.wrap(bytes, sent.clear());
      sent.flip();
      while (sent.hasRemaining()) {
        channel.write(sent);
      }
    } while (bytes.hasRemaining());
  }

  /// Reads once, and passes on whatever that completes.
  void read(Taker taker) throws IOException {
    fill();
    received.flip();
    while (received.hasRemaining()) {
      var result = engine.unwrap(received, plain.clear());
      if (plain.position() > 0) {
        taker.take(plain.array(), 0, plain.position());
      }
      if (result.getStatus() == Status.CLOSED) {
        throw new EOFException("the connection was closed");
      }
      if (result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
        write(ByteBuffer.allocate(0));
      }
      if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
        break;
      }
    }
    received.compact();
  }

  private void fill() throws IOException {
    if (channel.read(received) < 0) {
      throw new EOFException("the connection was closed");
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
