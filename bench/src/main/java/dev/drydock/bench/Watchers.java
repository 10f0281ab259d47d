package dev.drydock.bench;

import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Many open watches, read by one thread that counts their events.
final class Watchers implements AutoCloseable {
  private final Selector selector = Selector.open();
  private final List<Connection> connections = new ArrayList<>();
  private final AtomicLong arrived = new AtomicLong();
  private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
  private final Thread reader = Thread.ofPlatform().name("watchers").unstarted(this::read);

  Watchers(Load.Connector connector, int count, String path) throws IOException {
    for (int i = 0; i < count; i++) {
      Connection connection = connector.open();
      connections.add(connection);
      connection.send(connection.request("GET", path, ""));
      connection.channel().configureBlocking(false);
      connection.channel().register(selector, SelectionKey.OP_READ, connection);
    }
    reader.start();
  }

  int count() {
    return connections.size();
  }

  /// How many events have arrived, all together.
  ///
  /// @throws IOException when a watch has failed
  long arrived() throws IOException {
    IOException cause = failure.get();
    if (cause != null) {
      throw cause;
    }
    return arrived.get();
  }

  private void read() {
    try {
      while (selector.isOpen()) {
        selector.select();
        for (SelectionKey key : selector.selectedKeys()) {
          arrived.addAndGet(((Connection) key.attachment()).receiveEvents());
        }
        selector.selectedKeys().clear();
      }
    } catch (ClosedSelectorException end) {
      return;
    } catch (IOException e) {
      failure.set(e);
    }
  }

  @Override
  public void close() throws IOException {
    selector.close();
    try {
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Connection connection : connections) {
      connection.close();
    }
  }
}
