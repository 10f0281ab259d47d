package dev.drydock.apiserver.rest.upgrade;

import dev.drydock.apiserver.nodeproxy.Tunnel;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// A connection whose bytes go to a server inside of the cluster as they are, and back.
///
/// @param headers of that server's own answer
/// @param first bytes that came with its answer already
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record RawTakeover(Map<String, String> headers, Tunnel tunnel, byte[] first, Runnable onEnd)
    implements Takeover {

  @Override
  public void begin(Channel channel, Executor workers) {
    var wire = new Wire(channel);
    channel.pipeline().addLast(wire);
    workers.execute(() -> run(wire, workers));
  }

  @Override
  public void abandon() {
    tunnel.close();
    onEnd.run();
  }

  private void run(Wire wire, Executor workers) {
    var client = new Side(wire);
    try {
      if (first.length > 0) {
        client.write(first);
      }
      TunnelPump.run(client, tunnel, workers);
    } catch (IOException gone) {
      tunnel.close();
    } finally {
      wire.close(Unpooled.EMPTY_BUFFER);
      onEnd.run();
    }
  }

  private record Side(Wire wire) implements TunnelPump.Client {
    @Override
    public byte @Nullable [] read() throws IOException, InterruptedException {
      Object message = wire.receive();
      if (message instanceof ByteBuf bytes) {
        byte[] copy = ByteBufUtil.getBytes(bytes);
        bytes.release();
        return copy;
      }
      throw new IOException("the client has gone");
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      wire.send(Unpooled.wrappedBuffer(bytes));
    }
  }
}
