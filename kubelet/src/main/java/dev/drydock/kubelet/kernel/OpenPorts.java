package dev.drydock.kubelet.kernel;

import dev.drydock.kubelet.network.Connection;
import dev.drydock.kubelet.network.ConnectionHandler;
import dev.drydock.kubelet.network.ConnectionPair;
import dev.drydock.kubelet.network.Listening;
import dev.drydock.kubelet.network.Protocol;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// The ports that programs of one namespace hold open, in memory.
final class OpenPorts {
  private static final int FIRST_FREE = 32768;
  private static final int LAST_FREE = 60999;

  private final Map<Port, ConnectionHandler> open = new ConcurrentHashMap<>();
  private final AtomicInteger next = new AtomicInteger(FIRST_FREE);
  private final Flows flows;

  private record Port(int number, Protocol protocol) {}

  OpenPorts(Flows flows) {
    this.flows = flows;
  }

  /// A port for the client's end of a connection.
  int ephemeral() {
    return next.getAndUpdate(port -> port >= LAST_FREE ? FIRST_FREE : port + 1);
  }

  Listening listen(int number, Protocol protocol, ConnectionHandler handler) throws BindException {
    var port = new Port(number == 0 ? ephemeral() : number, protocol);
    if (open.putIfAbsent(port, handler) != null) {
      throw new BindException("Address already in use");
    }
    return new Listening() {
      @Override
      public int port() {
        return port.number();
      }

      @Override
      public void close() {
        open.remove(port, handler);
      }
    };
  }

  void closeAll() {
    open.clear();
  }

  /// Connects to the program that listens, which gets a thread of its own.
  ///
  /// @throws ConnectException when there is none
  Connection accept(Tunnels.Flow flow) throws ConnectException {
    ConnectionHandler handler = open.get(new Port(flow.pod().port(), flow.protocol()));
    if (handler == null) {
      throw new ConnectException("Connection refused");
    }
    ConnectionPair pair = ConnectionPair.of(flow.source(), flow.dialled(), flow.pod());
    var tracked =
        new Flows.Flow(
            flow.protocol(),
            flow.source(),
            flow.dialled(),
            flow.pod(),
            List.of(pair.client(), pair.server()));
    flows.add(tracked);
    Thread.ofVirtual()
        .name("connection " + flow.pod())
        .start(
            () -> {
              serve(handler, pair.server());
              flows.remove(tracked);
            });
    return pair.client();
  }

  static void serve(ConnectionHandler handler, Connection connection) {
    try (connection) {
      handler.handle(connection);
    } catch (IOException _) {
      // The other side went away: the connection is closed, and that is all there is to say.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
