package dev.drydock.apiserver.audit;

import dev.drydock.apiserver.access.asking.ReviewServer;
import dev.drydock.apiserver.access.asking.ReviewServer.SilentException;
import dev.drydock.apiserver.access.asking.ServerAddress;
import dev.drydock.client.time.Timers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;

/// Sends events to a server outside, many at once or each at once.
final class AuditServer implements AuditSink {
  private static final Logger LOG = Logger.getLogger(AuditServer.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final AuditLog.Server settings;
  private final ReviewServer server;
  private final Timers timers;
  private final InstantSource clock;
  private final AuditQueue queue;

  AuditServer(AuditLog.Server settings, InstantSource clock, Timers timers) {
    this.settings = settings;
    this.clock = clock;
    this.timers = timers;
    this.server = new ReviewServer(ServerAddress.read(settings.kubeconfig()), PATIENCE, timers);
    this.queue = new AuditQueue("webhook", settings.buffer(), this::sendAll);
  }

  @Override
  public void take(String event) {
    switch (settings.mode()) {
      case BLOCKING -> send(List.of(event));
      case BATCH -> queue.take(event);
    }
  }

  @Override
  public void start() {
    queue.start();
  }

  @Override
  public void close() {
    queue.close();
  }

  private void sendAll(BlockingQueue<String> queue) {
    List<String> batch = new ArrayList<>();
    try {
      while (true) {
        batch.add(queue.take());
        collect(queue, batch);
        send(List.copyOf(batch));
        batch.clear();
      }
    } catch (InterruptedException stopped) {
      queue.drainTo(batch);
      if (!batch.isEmpty()) {
        send(batch);
      }
    }
  }

  private void collect(BlockingQueue<String> queue, List<String> batch)
      throws InterruptedException {
    Instant end = clock.instant().plus(timers.scaled(settings.longest()));
    while (batch.size() < settings.most()) {
      queue.drainTo(batch, settings.most() - batch.size());
      long left = Duration.between(clock.instant(), end).toMillis();
      if (batch.size() >= settings.most() || left <= 0) {
        return;
      }
      String next = queue.poll(left, TimeUnit.MILLISECONDS);
      if (next == null) {
        return;
      }
      batch.add(next);
    }
  }

  private void send(List<String> events) {
    String list =
        "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"metadata\":{},\"items\":["
            + String.join(",", events)
            + "]}";
    try {
      server.tell(list.getBytes(StandardCharsets.UTF_8));
    } catch (SilentException failure) {
      LOG.warning(
          "Error in audit plugin 'webhook' affecting "
              + events.size()
              + " audit events: "
              + failure.getMessage());
    }
  }
}
