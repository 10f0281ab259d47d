package dev.drydock.bench;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/// Sends requests as fast as they are answered, on some connections at once, all of them driven
/// by the calling thread: each connection has one request under way.
final class Load {

  /// Opens a connection.
  @FunctionalInterface
  interface Connector {
    Connection open() throws IOException;
  }

  /// The next request of one connection.
  @FunctionalInterface
  interface Requests {
    byte[] request(Connection connection, int connectionNumber, long count);
  }

  /// What came of it.
  ///
  /// @param latencies in microseconds
  record Result(double perSecond, Histogram latencies) {
    double millis(double percentile) {
      return latencies.getValueAtPercentile(percentile) / 1000.0;
    }
  }

  private final Connector connector;

  Load(Connector connector) {
    this.connector = connector;
  }

  /// Sends for a while.
  Result run(int connections, Duration time, Requests requests) throws IOException {
    try (var running = new Running(connections, requests)) {
      long begin = System.nanoTime();
      long until = begin + time.toNanos();
      running.drive((_, now) -> now < until);
      double seconds = (System.nanoTime() - begin) / 1e9;
      return new Result(running.latencies.getTotalCount() / seconds, running.latencies);
    }
  }

  /// Sends so many, each with a number of its own.
  void times(int connections, long count, Requests requests) throws IOException {
    try (var running = new Running(connections, requests)) {
      running.drive((number, _) -> number < count);
    }
  }

  /// Whether to send another one.
  private interface GoOn {
    boolean test(long number, long nanoTime);
  }

  /// One connection and when its request was sent.
  private static final class Lane {
    private final Connection connection;
    private final int number;
    private long sent;

    Lane(Connection connection, int number) {
      this.connection = connection;
      this.number = number;
    }
  }

  private final class Running implements AutoCloseable {
    private final Histogram latencies = new Histogram(3);
    private final Selector selector = Selector.open();
    private final List<Lane> lanes = new ArrayList<>();
    private final Requests requests;
    private long next;
    private int underWay;

    Running(int connections, Requests requests) throws IOException {
      this.requests = requests;
      for (int i = 0; i < connections; i++) {
        var lane = new Lane(connector.open(), i);
        lanes.add(lane);
        lane.connection.channel().configureBlocking(false);
        lane.connection.channel().register(selector, SelectionKey.OP_READ, lane);
      }
    }

    void drive(GoOn goOn) throws IOException {
      for (Lane lane : lanes) {
        send(lane, goOn, System.nanoTime());
      }
      while (underWay > 0) {
        selector.select();
        for (SelectionKey key : selector.selectedKeys()) {
          Lane lane = (Lane) key.attachment();
          if (lane.connection.receive()) {
            underWay--;
            long now = System.nanoTime();
            latencies.recordValue((now - lane.sent) / 1000);
            send(lane, goOn, now);
          }
        }
        selector.selectedKeys().clear();
      }
    }

    private void send(Lane lane, GoOn goOn, long now) throws IOException {
      if (goOn.test(next, now)) {
        lane.sent = now;
        underWay++;
        lane.connection.send(requests.request(lane.connection, lane.number, next++));
      }
    }

    @Override
    public void close() throws IOException {
      for (Lane lane : lanes) {
        lane.connection.close();
      }
      selector.close();
    }
  }
}
