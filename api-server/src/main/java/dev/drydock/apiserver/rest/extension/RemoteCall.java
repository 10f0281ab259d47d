package dev.drydock.apiserver.rest.extension;

import dev.drydock.api.codec.TreeCodec;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.Status;
import dev.drydock.api.status.StatusReason;
import dev.drydock.apiserver.aggregation.ApiServiceEntry.Backend;
import dev.drydock.apiserver.nodeproxy.Destination;
import dev.drydock.apiserver.nodeproxy.Tunnel;
import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.apiserver.rest.proxy.HttpExchange;
import dev.drydock.apiserver.rest.proxy.OutgoingRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/// One request of a component to an extension api-server, in its caller's name. For one thread.
final class RemoteCall implements AutoCloseable {
  private static final int FAILED = 400;

  private final Backend backend;
  private final RequestContext context;
  private final Tunnel tunnel;
  private final HttpExchange exchange;

  /// What is asked.
  ///
  /// @param uri path and query
  /// @param contentType of the body; empty: there is none
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Question(String method, String uri, String contentType, byte[] body) {
    static Question get(String uri) {
      return new Question("GET", uri, "", new byte[0]);
    }
  }

  RemoteCall(Backend backend, RequestContext context, Tunnel tunnel) throws IOException {
    this.backend = backend;
    this.context = context;
    this.tunnel = tunnel;
    this.exchange = new HttpExchange(tunnel, Destination.Scheme.HTTP);
  }

  /// The whole answer.
  ///
  /// @throws ApiException as the server says
  ObjectNode answer(Question question) throws IOException {
    begin(question);
    return object(rest());
  }

  /// Begins an answer that comes piece by piece.
  ///
  /// @throws ApiException as the server says
  void begin(Question question) throws IOException {
    HttpHeaders headers = new DefaultHttpHeaders();
    headers.set("Host", backend.serverName() + ":" + backend.port());
    headers.set("Accept", "application/json");
    headers.set("User-Agent", context.userAgent());
    headers.set("Connection", "close");
    if (!question.contentType().isEmpty()) {
      headers.set("Content-Type", question.contentType());
    }
    FrontProxyHeaders.put(headers, context.user());
    HttpResponse response =
        exchange.send(
            new OutgoingRequest(question.method(), question.uri(), headers, question.body()));
    int code = response.status().code();
    if (code >= FAILED) {
      throw new ApiException(failure(code, rest()));
    }
  }

  /// The next piece of the answer; empty at its end.
  Optional<byte[]> read() throws IOException {
    return Optional.ofNullable(exchange.read());
  }

  private byte[] rest() throws IOException {
    var body = new ByteArrayOutputStream();
    for (byte[] piece = exchange.read(); piece != null; piece = exchange.read()) {
      body.writeBytes(piece);
    }
    return body.toByteArray();
  }

  private static ObjectNode object(byte[] json) throws IOException {
    try {
      return TreeCodec.read(json);
    } catch (ApiException | JacksonException e) {
      throw new IOException("the answer is no object: " + e.getMessage(), e);
    }
  }

  private static Status failure(int code, byte[] body) {
    try {
      return status(code, TreeCodec.read(body));
    } catch (ApiException | JacksonException _) {
      return Status.failure(reason(code, ""), "unknown");
    }
  }

  /// A failure as the server writes it.
  static Status status(int code, ObjectNode status) {
    return Status.failure(
        reason(code, status.path("reason").asString("")),
        status.path("message").asString("unknown"));
  }

  private static StatusReason reason(int code, String text) {
    return Arrays.stream(StatusReason.values())
        .filter(each -> each.text().equals(text))
        .findFirst()
        .orElseGet(
            () ->
                Arrays.stream(StatusReason.values())
                    .filter(each -> each.code() == code)
                    .findFirst()
                    .orElse(StatusReason.INTERNAL_ERROR));
  }

  /// Ends the call from any thread.
  void abort() {
    tunnel.close();
  }

  @Override
  public void close() {
    exchange.close();
  }
}
