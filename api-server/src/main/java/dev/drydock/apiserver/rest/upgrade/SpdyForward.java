package dev.drydock.apiserver.rest.upgrade;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.apiserver.nodeproxy.Tunnel;
import io.netty.channel.Channel;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Forwarded ports over SPDY, bare or inside of a WebSocket. Each connection is a pair of streams
/// with the same `requestid`: one for its bytes, one for what goes wrong.
final class SpdyForward implements Takeover {
  private final Map<String, String> headers;
  private final Carrier carrier;
  private final PortDialer dialer;
  private final Runnable onEnd;
  private final Map<String, SpdyStream> waiting = new ConcurrentHashMap<>();

  /// What carries the SPDY frames.
  enum Carrier {
    CONNECTION,
    WEB_SOCKET
  }

  SpdyForward(Map<String, String> headers, Carrier carrier, PortDialer dialer, Runnable onEnd) {
    this.headers = headers;
    this.carrier = carrier;
    this.dialer = dialer;
    this.onEnd = onEnd;
  }

  @Override
  public Map<String, String> headers() {
    return headers;
  }

  @Override
  public void begin(Channel channel, Executor workers) {
    if (carrier == Carrier.WEB_SOCKET) {
      WebSockets.install(channel);
      channel.pipeline().addLast(new SocketBytes());
    }
    var connection = new SpdyConnection(channel);
    workers.execute(
        () -> {
          connection.run(stream -> opened(stream, workers));
          connection.close();
          onEnd.run();
        });
  }

  @Override
  public void abandon() {
    onEnd.run();
  }

  private void opened(SpdyStream stream, Executor workers) {
    String request = stream.header("requestid");
    @Nullable SpdyStream other = waiting.putIfAbsent(request, stream);
    if (other == null) {
      return;
    }
    waiting.remove(request);
    boolean isData = stream.header("streamtype").equals("data");
    SpdyStream data = isData ? stream : other;
    SpdyStream error = isData ? other : stream;
    workers.execute(() -> forward(data, error, workers));
  }

  private void forward(SpdyStream data, SpdyStream error, Executor workers) {
    try {
      Tunnel tunnel;
      try {
        tunnel = dialer.dial(port(data));
      } catch (IOException refused) {
        error.write(String.valueOf(refused.getMessage()).getBytes(UTF_8));
        error.end();
        data.reset();
        return;
      }
      TunnelPump.run(new Side(data), tunnel, workers);
      data.end();
      error.end();
    } catch (IOException gone) {
      data.broken();
    }
  }

  private static int port(SpdyStream stream) throws IOException {
    String text = stream.header("port");
    if (!text.matches("[0-9]{1,5}")) {
      throw new IOException("unable to parse \"" + text + "\" as a port");
    }
    return Integer.parseInt(text);
  }

  private record Side(SpdyStream stream) implements TunnelPump.Client {
    @Override
    public byte @Nullable [] read() throws IOException, InterruptedException {
      return stream.read();
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      stream.write(bytes);
    }
  }
}
