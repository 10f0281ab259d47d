package dev.drydock.apiserver.rest.upgrade;

import dev.drydock.apiserver.nodeproxy.PodSession;
import dev.drydock.apiserver.nodeproxy.PodSession.Event;
import dev.drydock.apiserver.nodeproxy.PodSession.Voice;
import dev.drydock.apiserver.nodeproxy.PodSessions;
import dev.drydock.apiserver.nodeproxy.PodSessions.Stream;
import dev.drydock.apiserver.nodeproxy.PodSessions.Wish;
import io.netty.channel.Channel;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// A session over SPDY, as kubectl before 1.31 asks for it: one stream for each channel, named by
/// its header `streamtype`.
final class SpdySession implements Takeover {
  private static final int PATIENCE_SECONDS = 30;

  private final Map<String, String> headers;
  private final String version;
  private final PodSessions.Ready ready;
  private final Runnable onEnd;
  private final Map<String, SpdyStream> streams = new ConcurrentHashMap<>();
  private final Set<String> expected;
  private final CountDownLatch complete;
  private final CountDownLatch gone = new CountDownLatch(1);

  /// @param version `v4.channel.k8s.io` and older
  SpdySession(
      Map<String, String> headers,
      String version,
      Wish wish,
      PodSessions.Ready ready,
      Runnable onEnd) {
    this.headers = headers;
    this.version = version;
    this.ready = ready;
    this.onEnd = onEnd;
    this.expected = expected(version, wish);
    this.complete = new CountDownLatch(expected.size());
  }

  private static Set<String> expected(String version, Wish wish) {
    Set<String> names = new TreeSet<>(Set.of("error"));
    if (wish.has(Stream.STDIN)) {
      names.add("stdin");
    }
    if (wish.has(Stream.STDOUT)) {
      names.add("stdout");
    }
    if (wish.has(Stream.STDERR) && !wish.has(Stream.TTY)) {
      names.add("stderr");
    }
    boolean resizes = version.startsWith("v3") || version.startsWith("v4");
    if (wish.has(Stream.TTY) && resizes) {
      names.add("resize");
    }
    return names;
  }

  @Override
  public Map<String, String> headers() {
    return headers;
  }

  @Override
  public void begin(Channel channel, Executor workers) {
    var connection = new SpdyConnection(channel);
    workers.execute(
        () -> {
          connection.run(this::opened);
          left();
        });
    workers.execute(() -> run(connection, workers));
  }

  @Override
  public void abandon() {
    onEnd.run();
  }

  private void opened(SpdyStream stream) {
    String type = stream.header("streamtype");
    if (expected.contains(type) && streams.putIfAbsent(type, stream) == null) {
      complete.countDown();
    }
  }

  private void left() {
    gone.countDown();
    while (complete.getCount() > 0) {
      complete.countDown();
    }
  }

  private void run(SpdyConnection connection, Executor workers) {
    try {
      boolean all = complete.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (all && streams.size() == expected.size()) {
        serve(workers);
        gone.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    } catch (IOException gone) {
      // The client has gone: there is nobody to tell.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      connection.close();
      onEnd.run();
    }
  }

  private void serve(Executor workers) throws IOException, InterruptedException {
    try (PodSession session = ready.open()) {
      workers.execute(() -> leaveWith(session));
      listen(workers, "stdin", session::type, session::endInput);
      listen(workers, "resize", size -> SessionPump.resize(session, size), () -> {});
      Event end = SessionPump.run(session, this::show);
      if (end != null) {
        tell(new SessionEnding(end));
      }
    }
  }

  private void leaveWith(PodSession session) {
    try {
      gone.await();
      session.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private interface Taker {
    void take(byte[] bytes) throws IOException;
  }

  private interface Ender {
    void end() throws IOException;
  }

  private void listen(Executor workers, String name, Taker taker, Ender ender) {
    SpdyStream stream = streams.get(name);
    if (stream != null) {
      workers.execute(() -> bring(stream, taker, ender));
    }
  }

  private static void bring(SpdyStream stream, Taker taker, Ender ender) {
    try {
      for (byte[] bytes = stream.read(); bytes != null; bytes = stream.read()) {
        taker.take(bytes);
      }
      ender.end();
    } catch (IOException over) {
      stream.broken();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void show(Voice voice, byte[] bytes) throws IOException {
    SpdyStream stream = streams.get(voice == Voice.OUT ? "stdout" : "stderr");
    if (stream != null) {
      stream.write(bytes);
    }
  }

  private void tell(SessionEnding ending) throws IOException {
    SpdyStream error = streams.get("error");
    if (error != null) {
      error.write(version.startsWith("v4") ? ending.status() : ending.text());
    }
    for (SpdyStream stream : streams.values()) {
      stream.end();
    }
  }
}
