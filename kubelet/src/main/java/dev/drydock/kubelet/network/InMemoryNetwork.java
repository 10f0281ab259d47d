package dev.drydock.kubelet.network;

import dev.drydock.api.meta.Uid;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A flat network of any number of nodes in one JVM: every address reaches every other; no
/// Services, no host ports. For tests, and for nodes without a kernel.
public final class InMemoryNetwork {
  private static final int FIRST_FREE_PORT = 32768;

  private final Map<Socket, Open> sockets = new ConcurrentHashMap<>();
  private final Map<String, String> names = new ConcurrentHashMap<>();
  private final AtomicInteger nextPort = new AtomicInteger(FIRST_FREE_PORT);

  private record Socket(String address, int port, Protocol protocol) {}

  private record Open(ConnectionHandler handler) {}

  /// Makes a name known to all.
  public void name(String name, String address) {
    names.put(name, address);
  }

  /// The network of the node with this address.
  public NodeNetwork node(String address) {
    return new Node(address);
  }

  private final class Node implements NodeNetwork {
    private final Namespace host;
    private final Map<Uid, Namespace> pods = new ConcurrentHashMap<>();

    Node(String address) {
      this.host = new Namespace(address);
    }

    @Override
    public PodNetwork attach(PodSandbox sandbox) {
      if (sandbox.mode() == PodSandbox.Mode.HOST) {
        return host;
      }
      Namespace made = new Namespace(sandbox.address());
      if (pods.putIfAbsent(sandbox.uid(), made) != null) {
        throw new IllegalStateException("pod " + sandbox.pod() + " is already attached");
      }
      return made;
    }

    @Override
    public void detach(Uid pod) {
      Namespace gone = pods.remove(pod);
      if (gone != null) {
        sockets.keySet().removeIf(socket -> socket.address().equals(gone.address()));
      }
    }

    @Override
    public PodNetwork host() {
      return host;
    }
  }

  private final class Namespace implements PodNetwork {
    private final String address;

    Namespace(String address) {
      this.address = address;
    }

    @Override
    public String address() {
      return address;
    }

    @Override
    public Listening listen(int port, Protocol protocol, ConnectionHandler handler)
        throws BindException {
      Open open = new Open(handler);
      Socket socket = new Socket(address, port == 0 ? freePort() : port, protocol);
      if (sockets.putIfAbsent(socket, open) != null) {
        throw new BindException("Address already in use");
      }
      return new Listening() {
        @Override
        public int port() {
          return socket.port();
        }

        @Override
        public void close() {
          sockets.remove(socket, open);
        }
      };
    }

    @Override
    public Connection dial(Protocol protocol, Endpoint target, Duration timeout)
        throws IOException {
      Endpoint server = new Endpoint(resolve(target.host()).getFirst(), target.port());
      Open open = sockets.get(new Socket(server.host(), server.port(), protocol));
      if (open == null) {
        throw new ConnectException("Connection refused");
      }
      ConnectionPair pair = ConnectionPair.of(new Endpoint(address, freePort()), server, server);
      Thread.ofVirtual().name("connection " + server).start(() -> serve(open, pair.server()));
      return pair.client();
    }

    @Override
    public List<String> resolve(String name) throws UnknownHostException {
      if (name.equals("localhost") || name.startsWith("127.")) {
        return List.of(address);
      }
      String known = names.get(name);
      if (known == null && !name.matches("[0-9.]+|.*:.*")) {
        throw new UnknownHostException(name);
      }
      return List.of(known == null ? name : known);
    }

    private int freePort() {
      return nextPort.getAndUpdate(port -> port >= 60999 ? FIRST_FREE_PORT : port + 1);
    }
  }

  private static void serve(Open open, Connection connection) {
    try (connection) {
      open.handler().handle(connection);
    } catch (IOException e) {
      // The other side went away: the connection is closed, and that is all there is to say.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
