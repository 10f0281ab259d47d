package dev.drydock.apiserver.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamSocketTest {
  private static final class Pieces implements StreamBody {
    private final Queue<String> left = new ArrayDeque<>(List.of("one\n", "two\n"));
    private boolean closed;

    @Override
    public long length() {
      return UNKNOWN;
    }

    @Override
    public void begin(Runnable wake) {}

    @Override
    public @Nullable ByteBuf next(ByteBufAllocator allocator) {
      return left.isEmpty() ? null : Unpooled.copiedBuffer(left.remove(), UTF_8);
    }

    @Override
    public boolean isFinished() {
      return left.isEmpty();
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static String sent(StreamSocket socket) {
    var channel = new EmbeddedChannel();
    socket.begin(channel, Runnable::run);
    channel.runPendingTasks();
    var all = new StringBuilder();
    for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
      while (bytes.isReadable()) {
        all.append(Integer.toHexString(bytes.readUnsignedByte() & 15)).append(':');
        all.append(bytes.readCharSequence(bytes.readUnsignedByte(), UTF_8)).append(' ');
      }
      bytes.release();
    }
    return all.toString().replace("\n", "|");
  }

  @ParameterizedTest(name = "offered {0}")
  @CsvSource({
    "'', '', 2:one| 2:two|",
    "binary.k8s.io, binary.k8s.io, 2:one| 2:two|",
    "'x, base64.binary.k8s.io', base64.binary.k8s.io, 1:b25lCg== 1:dHdvCg=="
  })
  void bytesComeInTheSubProtocolThatTheClientOffers(
      String offered, String chosen, String messages) {
    var headers = new DefaultHttpHeaders();
    headers.set("Sec-WebSocket-Key", "x");
    if (!offered.isEmpty()) {
      headers.set("Sec-WebSocket-Protocol", offered);
    }
    var body = new Pieces();
    StreamSocket socket = StreamSocket.ofBytes(headers, body);
    assertThat(socket.headers().getOrDefault("Sec-WebSocket-Protocol", "")).isEqualTo(chosen);
    assertThat(sent(socket)).startsWith(messages).contains("8:");
    assertThat(body.closed).isTrue();
  }

  @Test
  void linesBecomeOneMessageEach() {
    var socket = new StreamSocket(Map.of(), new Pieces(), StreamSocket.Messages.LINES);
    assertThat(sent(socket)).startsWith("1:one 1:two ");
  }
}
