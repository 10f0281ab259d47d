package dev.drydock.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
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

  /// Sends for a while.
  Result run(int connections, Duration time, Requests requests) throws Exception {
    long begin = System.nanoTime();
    long until = begin + time.toNanos();
    Histogram latencies =
        concurrently(
            connections,
            number -> one(number, requests, (_, now) -> now < until, new AtomicLong()));
    double seconds = (System.nanoTime() - begin) / 1e9;
    return new Result(latencies.getTotalCount() / seconds, latencies);
  }

  /// Sends so many, each with a number of its own.
  void times(int connections, long count, Requests requests) throws Exception {
    var next = new AtomicLong();
    concurrently(connections, number -> one(number, requests, (i, _) -> i < count, next));
  }

  /// Whether to send another one.
  private interface GoOn {
    boolean test(long number, long nanoTime);
  }

  /// What one connection does.
  private interface Worker {
    Histogram work(int number) throws IOException;
  }

  private static Histogram concurrently(int connections, Worker worker) throws Exception {
    var all = new Histogram(3);
    try (var threads = Executors.newFixedThreadPool(connections)) {
      List<Future<Histogram>> runs = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        int number = i;
        runs.add(threads.submit(() -> worker.work(number)));
      }
      for (Future<Histogram> run : runs) {
        all.add(get(run));
      }
    }
    return all;
  }

  private Histogram one(int number, Requests requests, GoOn goOn, AtomicLong next)
      throws IOException {
    var histogram = new Histogram(3);
    try (Connection connection = connector.open()) {
      long now = System.nanoTime();
      for (long i = next.getAndIncrement(); goOn.test(i, now); i = next.getAndIncrement()) {
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
