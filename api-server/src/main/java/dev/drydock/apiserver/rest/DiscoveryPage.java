package dev.drydock.apiserver.rest;

import dev.drydock.apiserver.discovery.DiscoveryDocuments;
import dev.drydock.apiserver.discovery.Document;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
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
    DiscoveryDocuments now = documents.get();
    if (isHashed(request)) {
      Optional<String> url = now.openApiUrl(trimmed);
      String hash = request.query().get("hash");
      if (url.isPresent() && !url.get().endsWith("?hash=" + hash)) {
        return Optional.of(moved(url.get()));
      }
    }
    return now.find(trimmed, request.header("Accept")).map(document -> answer(request, document));
  }

  private static boolean isHashed(RestRequest request) {
    return request.path().startsWith("/openapi/v3/") && !request.query().get("hash").isEmpty();
  }

  /// The hash is an older document's.
  private static Answer moved(String url) {
    String page = "<a href=\"" + url + "\">Moved Permanently</a>.\n\n";
    return new Answer.Complete(
        301,
        "text/html; charset=utf-8",
        page.getBytes(StandardCharsets.UTF_8),
        List.of(new Answer.Header("Location", url)));
  }

  /// What is named by its hash never changes.
  private static String inAYear(RestRequest request) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(
        request.received().atZone(ZoneId.of("GMT")).plusYears(1));
  }

  private static Answer answer(RestRequest request, Document document) {
    List<Answer.Header> headers = new ArrayList<>();
    headers.add(new Answer.Header("ETag", document.etag()));
    headers.add(new Answer.Header("Vary", "Accept"));
    if (isHashed(request)) {
      headers.add(new Answer.Header("Cache-Control", "public, immutable"));
      headers.add(new Answer.Header("Expires", inAYear(request)));
    }
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
