package dev.drydock.apiserver.rest;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Texts under fixed paths: `/version`, `/metrics`, `/openid/v1/jwks`.
final class DocumentPage implements Page {
  private final Map<String, Document> documents;

  /// A text that is made anew for each request.
  record Document(String contentType, Supplier<String> text) {
    static Document json(Supplier<String> text) {
      return new Document("application/json", text);
    }
  }

  DocumentPage(Map<String, Document> documents) {
    this.documents = new TreeMap<>(documents);
  }

  @Override
  public Optional<Answer> answer(RestRequest request) {
    Document document = documents.get(request.path());
    if (document == null) {
      return Optional.empty();
    }
    byte[] body = document.text().get().getBytes(StandardCharsets.UTF_8);
    return Optional.of(
        Answers.finish(
            request,
            Accepted.JSON,
            new Answer.Complete(200, document.contentType(), body, List.of())));
  }

  @Override
  public List<String> paths() {
    return List.copyOf(documents.keySet());
  }
}
