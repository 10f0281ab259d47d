package dev.drydock.kubelet.kernel;

import dev.drydock.kubelet.network.Listening;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Real listening TCP sockets on a node's address.
final class HostSockets {
  private static final int BACKLOG = 512;

  private final String address;
  private final Set<Open> all = ConcurrentHashMap.newKeySet();

  /// What to do with a connection; runs on a virtual thread of its own.
  @FunctionalInterface
  interface Accepted {
    void accept(SocketConnection connection) throws IOException, InterruptedException;
  }

  HostSockets(String address) {
    this.address = address;
  }

  /// @throws java.net.BindException when the port is taken
  Listening listen(int port, Accepted accepted) throws IOException {
    return listen(address, port, accepted);
  }

  /// @throws java.net.BindException when the port is taken
  Listening listen(String on, int port, Accepted accepted) throws IOException {
    var socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(on, port), BACKLOG);
    } catch (IOException failure) {
      socket.close();
      throw failure;
    }
    var open = new Open(socket, accepted);
    all.add(open);
    Thread.ofVirtual().name("accept " + on + ":" + open.port()).start(open::run);
    return open;
  }

  void closeAll() {
    all.forEach(Open::close);
  }

  private final class Open implements Listening {
    private final ServerSocket socket;
    private final Accepted accepted;

    Open(ServerSocket socket, Accepted accepted) {
      this.socket = socket;
      this.accepted = accepted;
    }

    @Override
    public int port() {
      return socket.getLocalPort();
    }

    private void run() {
      while (!socket.isClosed()) {
        try {
          Socket connection = socket.accept();
          Thread.ofVirtual().name("connection :" + port()).start(() -> handle(connection));
        } catch (IOException _) {
          // Closed, or a connection that broke before it was taken.
        }
      }
    }

    private void handle(Socket connection) {
      try (connection) {
        accepted.accept(new SocketConnection(connection));
      } catch (IOException _) {
        // The client went away.
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() {
      all.remove(this);
      try {
        socket.close();
      } catch (IOException _) {
        // Nothing is left to close.
      }
    }
  }
}
