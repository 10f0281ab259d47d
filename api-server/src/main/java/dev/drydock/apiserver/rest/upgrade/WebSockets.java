package dev.drydock.apiserver.rest.upgrade;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.util.ReferenceCountUtil;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The WebSocket handshake, and the handlers of its frames.
public final class WebSockets {
  private static final int LARGEST_FRAME = 32 * 1024 * 1024;
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private WebSockets() {}

  /// Whether a client asks for a WebSocket.
  public static boolean isWanted(HttpHeaders headers) {
    return headers.containsValue("Connection", "upgrade", true)
        && headers.contains("Upgrade")
        && headers.get("Upgrade").toLowerCase(Locale.ROOT).equals("websocket")
        && headers.contains("Sec-WebSocket-Key");
  }

  /// The sub-protocols that the client offers, in its order.
  public static List<String> protocols(HttpHeaders headers) {
    List<String> all = new ArrayList<>();
    for (String line : headers.getAll("Sec-WebSocket-Protocol")) {
      for (String one : line.split(",", -1)) {
        if (!one.isBlank()) {
          all.add(one.strip());
        }
      }
    }
    return all;
  }

  /// Headers of the answer.
  ///
  /// @param protocol empty: none
  public static Map<String, String> answer(HttpHeaders request, String protocol) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Upgrade", "websocket");
    headers.put("Connection", "Upgrade");
    headers.put("Sec-WebSocket-Accept", accept(request.get("Sec-WebSocket-Key", "")));
    if (!protocol.isEmpty()) {
      headers.put("Sec-WebSocket-Protocol", protocol);
    }
    return headers;
  }

  private static String accept(String key) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-1");
      return Base64.getEncoder()
          .encodeToString(sha.digest((key.strip() + MAGIC).getBytes(US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }

  /// Adds what decodes, encodes, and answers pings.
  public static void install(Channel channel) {
    channel
        .pipeline()
        .addLast(
            new WebSocket13FrameDecoder(
                WebSocketDecoderConfig.newBuilder()
                    .expectMaskedFrames(true)
                    .allowMaskMismatch(true)
                    .maxFramePayloadLength(LARGEST_FRAME)
                    .withUTF8Validator(false)
                    .build()),
            new WebSocket13FrameEncoder(false),
            new WebSocketFrameAggregator(LARGEST_FRAME),
            new Pongs());
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel
  private static final class Pongs extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      switch (message) {
        case PingWebSocketFrame ping ->
            context.writeAndFlush(new PongWebSocketFrame(ping.content()));
        case PongWebSocketFrame pong -> ReferenceCountUtil.release(pong);
        default -> context.fireChannelRead(message);
      }
    }
  }
}
