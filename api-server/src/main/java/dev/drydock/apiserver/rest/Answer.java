package dev.drydock.apiserver.rest;

import dev.drydock.api.status.Status;
import dev.drydock.apiserver.request.StatusJson;
import dev.drydock.apiserver.rest.upgrade.Takeover;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What goes back to the client.
sealed interface Answer {
  int code();

  String contentType();

  List<Header> headers();

  /// Whether it says something under that name.
  default boolean has(String header) {
    return headers().stream().anyMatch(one -> one.name().equals(header));
  }

  /// The same with more headers.
  Answer with(List<Header> more);

  record Header(String name, String value) {}

  /// A body that is there.
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Complete(int code, String contentType, byte[] body, List<Header> headers)
      implements Answer {
    @Override
    public Complete with(List<Header> more) {
      return new Complete(code, contentType, body, join(headers, more));
    }
  }

  /// A body that comes piece by piece.
  record Streaming(int code, String contentType, StreamBody body, List<Header> headers)
      implements Answer {
    @Override
    public Streaming with(List<Header> more) {
      return new Streaming(code, contentType, body, join(headers, more));
    }
  }

  /// The connection leaves HTTP behind.
  record Upgraded(Takeover takeover, List<Header> headers) implements Answer {
    @Override
    public int code() {
      return 101;
    }

    @Override
    public String contentType() {
      return "";
    }

    @Override
    public Upgraded with(List<Header> more) {
      return new Upgraded(takeover, join(headers, more));
    }
  }

  static Complete json(int code, byte[] body) {
    return new Complete(code, "application/json", body, List.of());
  }

  static Complete text(int code, String text) {
    return new Complete(
        code, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8), List.of());
  }

  static Complete status(Status status) {
    List<Header> headers =
        status.details().retryAfterSeconds() > 0
            ? List.of(
                new Header("Retry-After", Integer.toString(status.details().retryAfterSeconds())))
            : List.of();
    byte[] body = StatusJson.of(status).array();
    return new Complete(status.code(), "application/json", body, headers);
  }

  private static List<Header> join(List<Header> some, List<Header> more) {
    if (some.isEmpty()) {
      return more;
    }
    List<Header> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }
}
