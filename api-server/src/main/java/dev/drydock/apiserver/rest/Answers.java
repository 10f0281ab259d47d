package dev.drydock.apiserver.rest;

import dev.drydock.api.codec.TreeCodec;
import dev.drydock.api.codec.YamlCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// The last touches: indentation, YAML, compression.
final class Answers {
  private static final int WORTH_COMPRESSING = 128 * 1024;

  private Answers() {}

  static Answer finish(RestRequest request, Accepted accepted, Answer answer) {
    Answer formatted =
        switch (accepted.format()) {
          case JSON -> isPretty(request) ? indented(answer) : answer;
          case YAML -> yaml(answer);
          case PROTOBUF -> answer;
        };
    return packed(request, formatted);
  }

  /// Compressed, if that is worth it and the client takes it.
  static Answer packed(RestRequest request, Answer answer) {
    return takesGzip(request) ? compressed(answer) : answer;
  }

  /// As Kubernetes: when asked for, and for people's tools when nothing is said.
  private static boolean isPretty(RestRequest request) {
    if (request.query().has("pretty")) {
      return request.query().flag("pretty");
    }
    String agent = request.header("User-Agent");
    return agent.startsWith("curl/")
        || agent.startsWith("Wget/")
        || agent.startsWith("Mozilla/5.0");
  }

  private static boolean takesGzip(RestRequest request) {
    return request.header("Accept-Encoding").contains("gzip");
  }

  private static Answer indented(Answer answer) {
    byte[] indented = PrettyJson.indent(whole(answer));
    return new Answer.Complete(answer.code(), answer.contentType(), indented, answer.headers());
  }

  private static Answer yaml(Answer answer) {
    return new Answer.Complete(
        answer.code(),
        Accepted.Format.YAML.mediaType(),
        YamlCodec.write(TreeCodec.readValue(whole(answer))).getBytes(StandardCharsets.UTF_8),
        answer.headers());
  }

  private static byte[] whole(Answer answer) {
    return switch (answer) {
      case Answer.Complete complete -> complete.body();
      case Answer.Streaming(_, _, WholeBody body, _) -> body.toBytes();
      case Answer.Streaming(_, _, StreamBody _, _) ->
          throw new IllegalStateException("an endless answer has no whole");
      case Answer.Upgraded _ -> throw new IllegalStateException("an upgrade has no body");
    };
  }

  private static Answer compressed(Answer answer) {
    return switch (answer) {
      case Answer.Complete complete ->
          complete.body().length < WORTH_COMPRESSING
              ? answer
              : gzip(answer, complete.body().length, out -> out.write(complete.body()));
      case Answer.Streaming(_, _, WholeBody body, _) ->
          body.length() < WORTH_COMPRESSING ? answer : gzip(answer, body.length(), body::writeTo);
      case Answer.Streaming _, Answer.Upgraded _ -> answer;
    };
  }

  private interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private static Answer gzip(Answer answer, long length, Content content) {
    var bytes = new ByteArrayOutputStream(Math.toIntExact(Math.max(1024, length / 8)));
    try (var out = new FastGzip(bytes)) {
      content.writeTo(out);
    } catch (IOException e) {
      throw new IllegalStateException("compressing in memory failed", e);
    }
    return new Answer.Complete(
            answer.code(), answer.contentType(), bytes.toByteArray(), answer.headers())
        .with(
            List.of(
                new Answer.Header("Content-Encoding", "gzip"),
                new Answer.Header("Vary", "Accept-Encoding")));
  }

  /// Level 1, as the real server.
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, 64 * 1024);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
