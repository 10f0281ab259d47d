package dev.drydock.kubelet.program.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.kubelet.network.Connection;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Frame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.URLDecoder;

/// One question to a health service. For one thread, but that anybody may ask how far it came.
public final class HealthCall {
  private final String authority;
  private final String agent;
  private final String service;
  private volatile Progress progress = Progress.NONE;

  /// How far a call came.
  public enum Progress {
    NONE,
    /// The other side speaks HTTP/2.
    CONNECTED
  }

  /// @param authority `HOST:PORT`
  /// @param service which part of the server is meant; empty: all
  public HealthCall(String authority, String agent, String service) {
    this.authority = authority;
    this.agent = agent;
    this.service = service;
  }

  public Progress progress() {
    return progress;
  }

  /// Asks, and waits for the answer. The connection can't be used again.
  public Health.Answer send(Connection connection) throws IOException {
    try (Frames frames = new Frames(connection, Http2FrameCodecBuilder.forClient().build())) {
      Http2FrameStream stream = frames.newStream();
      frames.send(
          new DefaultHttp2HeadersFrame(head()).stream(stream),
          new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(Messages.request(service)), true)
              .stream(stream));
      return answer(frames);
    }
  }

  private Http2Headers head() {
    return new DefaultHttp2Headers()
        .method("POST")
        .scheme("http")
        .path(Messages.CHECK)
        .authority(authority)
        .set("content-type", "application/grpc")
        .set("user-agent", agent)
        .set("te", "trailers");
  }

  private Health.Answer answer(Frames frames) throws IOException {
    var body = new ByteArrayOutputStream();
    for (Http2Frame frame = frames.next(); frame != null; frame = frames.next()) {
      switch (frame) {
        case Http2SettingsFrame _ -> progress = Progress.CONNECTED;
        case Http2HeadersFrame head -> {
          if (head.isEndStream()) {
            return ended(head.headers(), body.toByteArray());
          }
          if (!"200".equals(String.valueOf(head.headers().status()))) {
            return refused(String.valueOf(head.headers().status()));
          }
        }
        case Http2DataFrame data -> body.writeBytes(frames.bytes(data));
        case Http2ResetFrame _ -> throw new EOFException("stream terminated by RST_STREAM");
        default -> {}
      }
    }
    throw new EOFException("error reading from server: EOF");
  }

  private static Health.Answer ended(Http2Headers trailers, byte[] body) throws IOException {
    int code = trailers.getInt("grpc-status", -1);
    if (code == Codes.OK) {
      return new Health.Answer.Status(Messages.serving(body));
    }
    if (code < 0) {
      return refused(String.valueOf(trailers.status()));
    }
    CharSequence message = trailers.get("grpc-message", "");
    String plain = message.toString().replace("+", "%2B");
    return new Health.Answer.Failed(code, URLDecoder.decode(plain, UTF_8));
  }

  /// A server of pages, not of calls.
  private static Health.Answer refused(String status) {
    return new Health.Answer.Failed(
        status.equals("404") ? Codes.UNIMPLEMENTED : Codes.UNKNOWN,
        "unexpected HTTP status code received from server: " + status);
  }
}
