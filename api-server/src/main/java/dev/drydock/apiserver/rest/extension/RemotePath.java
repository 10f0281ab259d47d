package dev.drydock.apiserver.rest.extension;

import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.WriteOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The address of a target at an extension api-server, with its query.
final class RemotePath {
  private final StringBuilder path = new StringBuilder("/apis/");
  private final List<String> query = new ArrayList<>();

  private RemotePath() {}

  static RemotePath of(Target target) {
    var path = new RemotePath();
    path.path.append(target.type().group()).append('/').append(target.type().version());
    if (!target.namespace().isEmpty()) {
      path.step("namespaces").step(target.namespace());
    }
    path.step(target.type().resource());
    if (!target.name().isEmpty()) {
      path.step(target.name());
    }
    if (target.hasSubresource()) {
      path.step(target.subresource());
    }
    return path;
  }

  private RemotePath step(String step) {
    path.append('/').append(encoded(step));
    return this;
  }

  RemotePath with(String parameter, String value) {
    if (!value.isEmpty()) {
      query.add(parameter + "=" + encoded(value));
    }
    return this;
  }

  RemotePath with(ReadOptions options) {
    return with("labelSelector", options.labelSelector())
        .with("fieldSelector", options.fieldSelector())
        .with("resourceVersion", options.resourceVersion())
        .with("resourceVersionMatch", options.resourceVersionMatch())
        .with("limit", options.limit() == 0 ? "" : Long.toString(options.limit()))
        .with("continue", options.continueToken());
  }

  RemotePath with(WriteOptions options) {
    return with("fieldManager", options.fieldManager()).with(options.persistence());
  }

  RemotePath with(WriteOptions.Persistence persistence) {
    return with("dryRun", persistence == WriteOptions.Persistence.DRY_RUN ? "All" : "");
  }

  @Override
  public String toString() {
    return query.isEmpty() ? path.toString() : path + "?" + String.join("&", query);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
