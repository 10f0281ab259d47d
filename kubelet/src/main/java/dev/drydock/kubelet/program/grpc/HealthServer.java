package dev.drydock.kubelet.program.grpc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.drydock.kubelet.network.Connection;
import dev.drydock.kubelet.network.ConnectionHandler;
import dev.drydock.kubelet.network.Endpoint;
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
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Answers calls of the health service, one after the other; of others it knows nothing.
public final class HealthServer implements ConnectionHandler {
  private static final byte[] PREFACE = "PRI ".getBytes(US_ASCII);

  private final Health health;

  public HealthServer(Health health) {
    this.health = health;
  }

  /// Takes the connections that begin as HTTP/2 does, and leaves the others to another server.
  public ConnectionHandler before(ConnectionHandler other) {
    return connection -> {
      InputStream input = new BufferedInputStream(connection.input(), 1024);
      input.mark(PREFACE.length);
      boolean mine = Arrays.equals(input.readNBytes(PREFACE.length), PREFACE);
      input.reset();
      Connection whole = new Reread(connection, input);
      if (mine) {
        handle(whole);
      } else {
        other.handle(whole);
      }
    };
  }

  @Override
  public void handle(Connection connection) throws IOException {
    Map<Integer, Call> calls = new HashMap<>();
    try (Frames frames = new Frames(connection, Http2FrameCodecBuilder.forServer().build())) {
      for (Http2Frame frame = frames.next(); frame != null; frame = frames.next()) {
        switch (frame) {
          case Http2HeadersFrame head -> {
            Http2FrameStream stream = head.stream();
            Call call = new Call(stream, String.valueOf(head.headers().path()));
            calls.put(stream.id(), call);
            if (head.isEndStream()) {
              answer(frames, calls.remove(stream.id()));
            }
          }
          case Http2DataFrame data -> {
            boolean last = data.isEndStream();
            Call call = calls.get(data.stream().id());
            byte[] bytes = frames.bytes(data);
            if (call != null) {
              call.body.writeBytes(bytes);
              if (last) {
                answer(frames, calls.remove(call.stream.id()));
              }
            }
          }
          case Http2ResetFrame reset -> calls.remove(reset.stream().id());
          default -> {}
        }
      }
    }
  }

  /// One call on its way in.
  private static final class Call {
    final Http2FrameStream stream;
    final String path;
    final ByteArrayOutputStream body = new ByteArrayOutputStream();

    Call(Http2FrameStream stream, String path) {
      this.stream = stream;
      this.path = path;
    }
  }

  private void answer(Frames frames, @Nullable Call call) throws IOException {
    if (call == null) {
      return;
    }
    Http2FrameStream stream = call.stream;
    switch (judged(call)) {
      case Health.Answer.Status(Health.Serving serving) ->
          frames.send(
              new DefaultHttp2HeadersFrame(head()).stream(stream),
              new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(Messages.response(serving)))
                  .stream(stream),
              new DefaultHttp2HeadersFrame(
                      new DefaultHttp2Headers().setInt("grpc-status", Codes.OK), true)
                  .stream(stream));
      case Health.Answer.Failed(int code, String message) ->
          frames.send(
              new DefaultHttp2HeadersFrame(
                      head().setInt("grpc-status", code).set("grpc-message", message), true)
                  .stream(stream));
    }
  }

  private Health.Answer judged(Call call) {
    if (!call.path.equals(Messages.CHECK)) {
      return new Health.Answer.Failed(
          Codes.UNIMPLEMENTED, "unknown method for " + call.path.replaceFirst("^/", ""));
    }
    try {
      return health.check(Messages.service(call.body.toByteArray()));
    } catch (IOException unreadable) {
      return new Health.Answer.Failed(Codes.UNKNOWN, String.valueOf(unreadable.getMessage()));
    }
  }

  private static Http2Headers head() {
    return new DefaultHttp2Headers().status("200").set("content-type", "application/grpc");
  }

  /// A connection of which the beginning has been looked at.
  private record Reread(Connection connection, InputStream input) implements Connection {
    @Override
    public Endpoint local() {
      return connection.local();
    }

    @Override
    public Endpoint remote() {
      return connection.remote();
    }

    @Override
    public OutputStream output() {
      return connection.output();
    }

    @Override
    public void close() {
      connection.close();
    }
  }
}
