package dev.drydock.apiserver.nodeproxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A connection over the computer's own network.
record SocketTunnel(Socket socket) implements Tunnel {
  private static final int CHUNK = 16 * 1024;
  private static final int PATIENCE_MILLIS = 10_000;

  static SocketTunnel connect(String host, int port) throws IOException {
    var socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
      return new SocketTunnel(socket);
    } catch (ConnectException refused) {
      socket.close();
      var failure =
          new ConnectException("dial tcp " + host + ":" + port + ": connect: connection refused");
      failure.initCause(refused);
      throw failure;
    } catch (IOException failure) {
      socket.close();
      throw new IOException("dial tcp " + host + ":" + port + ": " + failure.getMessage(), failure);
    }
  }

  @Override
  public byte @Nullable [] read() throws IOException {
    byte[] buffer = new byte[CHUNK];
    int count = socket.getInputStream().read(buffer);
    return count < 0 ? null : Arrays.copyOf(buffer, count);
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  @Override
  public void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException("a socket could not be closed", e);
    }
  }
}
