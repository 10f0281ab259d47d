package dev.drydock.apiserver.rest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `/`: the paths there are.
final class IndexPage implements Page {
  private final List<Page> pages;

  IndexPage(List<Page> pages) {
    this.pages = List.copyOf(pages);
  }

  @Override
  public Optional<Answer> answer(RestRequest request) {
    if (!request.path().equals("/") && !request.path().isEmpty()) {
      return Optional.empty();
    }
    List<String> all = new ArrayList<>();
    pages.forEach(page -> all.addAll(page.paths()));
    Collections.sort(all);
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    all.forEach(root.putArray("paths")::add);
    return Optional.of(
        Answer.json(
            200,
            PrettyJson.indent(root.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8))));
  }

  @Override
  public List<String> paths() {
    return List.of();
  }
}
