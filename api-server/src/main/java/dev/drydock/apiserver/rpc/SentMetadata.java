package dev.drydock.apiserver.rpc;

import dev.drydock.apiserver.access.RequestHeaders;
import io.grpc.Metadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The headers of a gRPC call that are text.
record SentMetadata(Metadata metadata) implements RequestHeaders {
  private static final String BINARY = "-bin";

  @Override
  public List<String> values(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    Iterable<String> all =
        lower.endsWith(BINARY)
            ? null
            : metadata.getAll(Metadata.Key.of(lower, Metadata.ASCII_STRING_MARSHALLER));
    List<String> values = new ArrayList<>();
    if (all != null) {
      all.forEach(values::add);
    }
    return values;
  }

  @Override
  public Iterable<String> names() {
    return metadata.keys();
  }
}
