package dev.drydock.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/// Sends requests as fast as they are answered, on some connections at once.
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

  Result run(int connections, Duration time, Requests requests) throws Exception {
    var all = new Histogram(3);
    long begin = System.nanoTime();
    long count = 0;
    try (var threads = Executors.newFixedThreadPool(connections)) {
      List<Future<Histogram>> runs = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        int number = i;
        runs.add(threads.submit(() -> one(number, begin + time.toNanos(), requests)));
      }
      for (Future<Histogram> run : runs) {
        Histogram histogram = get(run);
        count += histogram.getTotalCount();
        all.add(histogram);
      }
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    return new Result(count / seconds, all);
  }

  private Histogram one(int number, long until, Requests requests) throws IOException {
    var histogram = new Histogram(3);
    try (Connection connection = connector.open()) {
      long now = System.nanoTime();
      for (long i = 0; now < until; i++) {
        connection.exchange(requests.request(connection, number, i));
        long end = System.nanoTime();
        histogram.recordValue((end - now) / 1000);
        now = end;
      }
    }
    return histogram;
  }

  private static Histogram get(Future<Histogram> run) throws Exception {
    try {
      return run.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw e;
    }
  }
}
