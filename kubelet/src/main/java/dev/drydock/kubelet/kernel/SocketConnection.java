package dev.drydock.kubelet.kernel;

import dev.drydock.kubelet.network.Connection;
import dev.drydock.kubelet.network.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;

/// A real TCP connection.
final class SocketConnection implements Connection {
  private final Socket socket;
  private final InputStream input;
  private final OutputStream output;

  SocketConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.input = socket.getInputStream();
    this.output = new HalfClosing(socket);
    socket.setTcpNoDelay(true);
  }

  @Override
  public Endpoint local() {
    return endpoint(socket.getLocalSocketAddress());
  }

  @Override
  public Endpoint remote() {
    return endpoint(socket.getRemoteSocketAddress());
  }

  private static Endpoint endpoint(SocketAddress address) {
    var inet = (InetSocketAddress) address;
    return new Endpoint(inet.getAddress().getHostAddress(), inet.getPort());
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
    close(socket);
  }

  /// Ends the connection as a host does on which nobody listens.
  void reset() {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException _) {
      // Closed already.
    }
    close();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // Nothing is left to close.
    }
  }

  /// Closing the output of a socket must leave its input open.
  private static final class HalfClosing extends OutputStream {
    private final Socket socket;
    private final OutputStream out;

    HalfClosing(Socket socket) throws IOException {
      this.socket = socket;
      this.out = socket.getOutputStream();
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      if (!socket.isClosed() && !socket.isOutputShutdown()) {
        socket.shutdownOutput();
      }
    }
  }
}
