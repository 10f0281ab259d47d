package dev.drydock.apiserver.rest;

import dev.drydock.apiserver.access.RequestHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;

/// The headers of an HTTP request.
record SentHeaders(HttpHeaders headers) implements RequestHeaders {
  @Override
  public List<String> values(String name) {
    return headers.getAll(name);
  }

  @Override
  public Iterable<String> names() {
    return headers.names();
  }
}
