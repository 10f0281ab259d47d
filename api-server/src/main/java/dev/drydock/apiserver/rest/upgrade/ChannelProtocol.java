package dev.drydock.apiserver.rest.upgrade;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The sub-protocols by which one WebSocket carries several numbered channels: each message begins
/// with the channel's number.
enum ChannelProtocol {
  V5("v5.channel.k8s.io", Coding.BYTES, Ending.STATUS),
  V4("v4.channel.k8s.io", Coding.BYTES, Ending.STATUS),
  V4_BASE64("v4.base64.channel.k8s.io", Coding.BASE64, Ending.STATUS),
  V1("channel.k8s.io", Coding.BYTES, Ending.TEXT),
  V1_BASE64("base64.channel.k8s.io", Coding.BASE64, Ending.TEXT),
  UNNAMED("", Coding.BYTES, Ending.TEXT);

  /// Channel that closes another, since v5.
  static final int CLOSE = 255;

  private final String text;
  private final Coding coding;
  private final Ending ending;

  private enum Coding {
    BYTES,
    BASE64
  }

  /// How the end of a process is told on the error channel.
  enum Ending {
    /// A `Status` object, always.
    STATUS,
    /// A text, if something went wrong.
    TEXT
  }

  /// One message.
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Message(int channel, byte[] bytes) {}

  ChannelProtocol(String text, Coding coding, Ending ending) {
    this.text = text;
    this.coding = coding;
    this.ending = ending;
  }

  String text() {
    return text;
  }

  Ending ending() {
    return ending;
  }

  boolean closesChannels() {
    return this == V5;
  }

  /// The first of the client's wishes that we know; no wish at all is one, too.
  static Optional<ChannelProtocol> choose(List<String> wanted) {
    if (wanted.isEmpty()) {
      return Optional.of(UNNAMED);
    }
    for (String one : wanted) {
      for (ChannelProtocol protocol : values()) {
        if (protocol.text.equals(one)) {
          return Optional.of(protocol);
        }
      }
    }
    return Optional.empty();
  }

  WebSocketFrame encode(int channel, byte[] bytes) {
    return switch (coding) {
      case BYTES ->
          new BinaryWebSocketFrame(Unpooled.wrappedBuffer(new byte[] {(byte) channel}, bytes));
      case BASE64 ->
          new TextWebSocketFrame(
              (char) ('0' + channel) + Base64.getEncoder().encodeToString(bytes));
    };
  }

  /// @return null when the frame carries no message; the frame is not released
  @Nullable Message decode(WebSocketFrame frame) {
    boolean data = frame instanceof BinaryWebSocketFrame || frame instanceof TextWebSocketFrame;
    ByteBuf content = frame.content();
    if (!data || !content.isReadable()) {
      return null;
    }
    int first = content.getUnsignedByte(content.readerIndex());
    byte[] rest = new byte[content.readableBytes() - 1];
    content.getBytes(content.readerIndex() + 1, rest);
    return switch (coding) {
      case BYTES -> new Message(first, rest);
      case BASE64 -> {
        byte[] trimmed = new String(rest, US_ASCII).strip().getBytes(US_ASCII);
        try {
          yield new Message(first - '0', Base64.getDecoder().decode(trimmed));
        } catch (IllegalArgumentException broken) {
          yield new Message(first - '0', Arrays.copyOf(rest, 0));
        }
      }
    };
  }
}
