package dev.drydock.apiserver.rest.upgrade;

import dev.drydock.apiserver.nodeproxy.PodSession;
import dev.drydock.apiserver.nodeproxy.PodSession.Event;
import dev.drydock.apiserver.nodeproxy.PodSession.Voice;
import dev.drydock.apiserver.nodeproxy.PodSessions;
import dev.drydock.apiserver.nodeproxy.PodSessions.Stream;
import dev.drydock.apiserver.nodeproxy.PodSessions.Wish;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// A session over one WebSocket with numbered channels: 0 standard input, 1 output, 2 error,
/// 3 how it ended, 4 the window's size.
final class SocketSession implements Takeover {
  private static final int STDIN = 0;
  private static final int STDOUT = 1;
  private static final int STDERR = 2;
  private static final int ERROR = 3;
  private static final int RESIZE = 4;

  private final Map<String, String> headers;
  private final ChannelProtocol protocol;
  private final Wish wish;
  private final PodSessions.Ready ready;
  private final Runnable onEnd;

  SocketSession(
      Map<String, String> headers,
      ChannelProtocol protocol,
      Wish wish,
      PodSessions.Ready ready,
      Runnable onEnd) {
    this.headers = headers;
    this.protocol = protocol;
    this.wish = wish;
    this.ready = ready;
    this.onEnd = onEnd;
  }

  @Override
  public Map<String, String> headers() {
    return headers;
  }

  @Override
  public void begin(Channel channel, Executor workers) {
    WebSockets.install(channel);
    var wire = new Wire(channel);
    channel.pipeline().addLast(wire);
    workers.execute(() -> run(wire, workers));
  }

  @Override
  public void abandon() {
    onEnd.run();
  }

  private void run(Wire wire, Executor workers) {
    try (PodSession session = ready.open()) {
      greet(wire);
      workers.execute(() -> listen(wire, session));
      Event end = SessionPump.run(session, (voice, bytes) -> show(wire, voice, bytes));
      if (end != null) {
        tell(wire, new SessionEnding(end));
        wire.close(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE));
      }
    } catch (IOException gone) {
      wire.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      wire.close();
    } finally {
      onEnd.run();
    }
  }

  /// An empty message on the first channel that we write tells the client that all is well.
  private void greet(Wire wire) throws IOException {
    int first = wish.has(Stream.STDOUT) ? STDOUT : wish.has(Stream.STDERR) ? STDERR : ERROR;
    wire.send(protocol.encode(first, new byte[0]));
  }

  private void show(Wire wire, Voice voice, byte[] bytes) throws IOException {
    wire.send(protocol.encode(voice == Voice.OUT ? STDOUT : STDERR, bytes));
  }

  private void tell(Wire wire, SessionEnding ending) throws IOException {
    byte[] text =
        switch (protocol.ending()) {
          case STATUS -> ending.status();
          case TEXT -> ending.text();
        };
    if (text.length > 0) {
      wire.send(protocol.encode(ERROR, text));
    }
  }

  /// Brings what the client types, until it has gone: also after the process has ended, whose end
  /// is told by the other thread.
  private void listen(Wire wire, PodSession session) {
    try {
      for (Object frame = wire.receive(); frame != null; frame = wire.receive()) {
        if (frame instanceof CloseWebSocketFrame close) {
          close.release();
          break;
        }
        if (frame instanceof WebSocketFrame data) {
          ChannelProtocol.@Nullable Message message = protocol.decode(data);
          data.release();
          if (message != null) {
            offer(session, message);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    wire.drain();
    session.close();
  }

  private void offer(PodSession session, ChannelProtocol.Message message) {
    try {
      take(session, message);
    } catch (IOException over) {
      // The process has ended: nobody reads this.
    }
  }

  private void take(PodSession session, ChannelProtocol.Message message) throws IOException {
    switch (message.channel()) {
      case STDIN -> {
        if (wish.has(Stream.STDIN)) {
          session.type(message.bytes());
        }
      }
      case RESIZE -> SessionPump.resize(session, message.bytes());
      case ChannelProtocol.CLOSE -> {
        boolean input = message.bytes().length > 0 && message.bytes()[0] == STDIN;
        if (protocol.closesChannels() && input) {
          session.endInput();
        }
      }
      default -> {
        // Only we write on the other channels.
      }
    }
  }
}
