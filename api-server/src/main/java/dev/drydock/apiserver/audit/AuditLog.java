package dev.drydock.apiserver.audit;

import dev.drydock.apiserver.filter.Call;
import dev.drydock.apiserver.filter.Filter;
import dev.drydock.apiserver.filter.Outcome;
import dev.drydock.apiserver.filter.Subject;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.User;
import dev.drydock.client.lifecycle.Component;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes an audit event (level `Metadata`, stage `ResponseComplete`) per request to a file. A
/// disk that can't keep up costs events, which are counted, and never requests.
public final class AuditLog implements Filter, Component {
  private static final Logger LOG = Logger.getLogger(AuditLog.class.getName());
  private static final int QUEUE = 10_000;

  private final BlockingQueue<ObjectNode> queue = new ArrayBlockingQueue<>(QUEUE);
  private final AtomicLong lost = new AtomicLong();
  private final Writer file;
  private final InstantSource clock;
  private @Nullable Thread writer;

  public AuditLog(Path path, InstantSource clock) {
    this.clock = clock;
    try {
      file =
          new BufferedWriter(
              Files.newBufferedWriter(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open the audit log " + path, e);
    }
  }

  @Override
  public void start() {
    writer = Thread.ofVirtual().name("audit-log").start(this::writeAll);
  }

  @Override
  public void close() {
    Thread running = writer;
    if (running != null) {
      running.interrupt();
      try {
        running.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void after(Call call, Outcome outcome) {
    if (!queue.offer(event(call, outcome)) && lost.getAndIncrement() == 0) {
      LOG.warning("the audit log can't keep up: events are lost");
    }
  }

  private ObjectNode event(Call call, Outcome outcome) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("kind", "Event").put("apiVersion", "audit.k8s.io/v1").put("level", "Metadata");
    event.put("auditID", call.arrival().client().auditId()).put("stage", "ResponseComplete");
    event.put("verb", call.subject().verbText());
    putUser(event.putObject("user"), call.authenticated());
    if (!call.user().equals(call.authenticated())) {
      putUser(event.putObject("impersonatedUser"), call.user());
    }
    event.putArray("sourceIPs").add(call.arrival().client().address());
    event.put("userAgent", call.arrival().client().userAgent());
    switch (call.subject()) {
      case Subject.Path path -> event.put("requestURI", path.path());
      case Subject.Resource(_, Target target, String name) ->
          event
              .putObject("objectRef")
              .put("resource", target.type().resource())
              .put("namespace", target.namespace())
              .put("name", name)
              .put("apiGroup", target.type().group())
              .put("apiVersion", target.type().version())
              .put("subresource", target.subresource());
    }
    ObjectNode status = event.putObject("responseStatus");
    status.putObject("metadata");
    status.put("code", outcome.code());
    if (!outcome.reason().isEmpty()) {
      status.put("reason", outcome.reason()).put("message", outcome.message());
    }
    event.put("requestReceivedTimestamp", micros(call.arrival().received()));
    event.put("stageTimestamp", micros(clock.instant()));
    return event;
  }

  private static String micros(Instant time) {
    return time.truncatedTo(java.time.temporal.ChronoUnit.MICROS).toString();
  }

  private static void putUser(ObjectNode node, User user) {
    node.put("username", user.name());
    var groups = node.putArray("groups");
    user.groups().forEach(groups::add);
  }

  private void writeAll() {
    try (file) {
      try {
        while (true) {
          file.append(queue.take().toString()).append('\n');
          if (queue.isEmpty()) {
            file.flush();
          }
        }
      } catch (InterruptedException stopped) {
        for (ObjectNode event = queue.poll(); event != null; event = queue.poll()) {
          file.append(event.toString()).append('\n');
        }
      }
    } catch (IOException e) {
      LOG.log(Level.SEVERE, "the audit log ended", e);
    }
  }
}
