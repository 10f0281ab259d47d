package dev.drydock.apiserver.rest;

import dev.drydock.apiserver.discovery.DiscoveryDocuments;
import dev.drydock.apiserver.discovery.Document;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What the server tells about its types: `/api`, `/apis`, `/openapi`, `/version`.
final class DiscoveryPage implements Page {
  private final Supplier<DiscoveryDocuments> documents;

  DiscoveryPage(Supplier<DiscoveryDocuments> documents) {
    this.documents = documents;
  }

  @Override
  public Optional<Answer> answer(RestRequest request) {
    String path = request.path();
    String trimmed =
        path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return documents
        .get()
        .find(trimmed, request.header("Accept"))
        .map(document -> answer(request, document));
  }

  private static Answer answer(RestRequest request, Document document) {
    List<Answer.Header> headers =
        List.of(new Answer.Header("ETag", document.etag()), new Answer.Header("Vary", "Accept"));
    if (request.header("If-None-Match").equals(document.etag())) {
      return new Answer.Complete(304, document.contentType(), new byte[0], headers);
    }
    return Answers.packed(
        request, new Answer.Complete(200, document.contentType(), document.bytes(), headers));
  }

  @Override
  public List<String> paths() {
    return documents.get().paths();
  }
}
