package dev.drydock.apiserver.rest.upgrade;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.apiserver.nodeproxy.Tunnel;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// Forwarded ports over numbered channels of one WebSocket: two for each port in the query, its
/// bytes and its errors; one connection each. Each channel's first message is the port.
final class SocketForward implements Takeover {
  private static final int MOST_WAITING = 64;
  private static final byte[] END = new byte[0];

  private final Map<String, String> headers;
  private final ChannelProtocol protocol;
  private final List<Integer> ports;
  private final PortDialer dialer;
  private final Runnable onEnd;

  SocketForward(
      Map<String, String> headers,
      ChannelProtocol protocol,
      List<Integer> ports,
      PortDialer dialer,
      Runnable onEnd) {
    this.headers = headers;
    this.protocol = protocol;
    this.ports = List.copyOf(ports);
    this.dialer = dialer;
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
    List<Port> all = new ArrayList<>();
    try {
      for (int i = 0; i < ports.size(); i++) {
        var port = new Port(wire, 2 * i, new LinkedBlockingQueue<>(MOST_WAITING));
        all.add(port);
        byte[] number = {(byte) (int) ports.get(i), (byte) (ports.get(i) >> 8)};
        wire.send(protocol.encode(port.channel(), number));
        wire.send(protocol.encode(port.channel() + 1, number));
        int wanted = ports.get(i);
        workers.execute(() -> forward(port, wanted, workers));
      }
      listen(wire, all);
    } catch (IOException gone) {
      wire.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      wire.drain();
      wire.close(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE));
      all.forEach(Port::over);
      onEnd.run();
    }
  }

  private void listen(Wire wire, List<Port> all) throws InterruptedException {
    for (Object frame = wire.receive(); frame != null; frame = wire.receive()) {
      if (frame instanceof CloseWebSocketFrame close) {
        close.release();
        return;
      }
      if (frame instanceof WebSocketFrame data) {
        ChannelProtocol.@Nullable Message message = protocol.decode(data);
        data.release();
        if (message != null
            && message.bytes().length > 0
            && message.channel() % 2 == 0
            && message.channel() / 2 < all.size()) {
          all.get(message.channel() / 2).arrived().put(message.bytes());
        }
      }
    }
  }

  private void forward(Port port, int number, Executor workers) {
    try {
      Tunnel tunnel;
      try {
        tunnel = dialer.dial(number);
      } catch (IOException refused) {
        byte[] text = String.valueOf(refused.getMessage()).getBytes(UTF_8);
        port.wire().send(protocol.encode(port.channel() + 1, text));
        return;
      }
      TunnelPump.run(port, tunnel, workers);
    } catch (IOException gone) {
      port.over();
    }
  }

  private final class Port implements TunnelPump.Client {
    private final Wire wire;
    private final int channel;
    private final BlockingQueue<byte[]> arrived;

    Port(Wire wire, int channel, BlockingQueue<byte[]> arrived) {
      this.wire = wire;
      this.channel = channel;
      this.arrived = arrived;
    }

    Wire wire() {
      return wire;
    }

    int channel() {
      return channel;
    }

    BlockingQueue<byte[]> arrived() {
      return arrived;
    }

    void over() {
      arrived.clear();
      arrived.offer(END);
    }

    @Override
    public byte @Nullable [] read() throws IOException, InterruptedException {
      byte[] bytes = arrived.take();
      if (bytes.length == 0) {
        throw new IOException("the client has gone");
      }
      return bytes;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      wire.send(protocol.encode(channel, bytes));
    }
  }
}
