package dev.drydock.apiserver.webhook;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.JsonNode;

/// Where a webhook is, as `clientConfig` says.
///
/// @param caBundle certificates in PEM that vouch for it; empty: those of the system
public record ClientConfig(Place place, String caBundle) {

  /// By address or by Service.
  public sealed interface Place {

    /// @param url `https://…`
    record Url(String url) implements Place {}

    /// @param path begins with a slash
    record Service(String namespace, String name, int port, String path) implements Place {}
  }

  private static final int HTTPS = 443;

  /// Reads what the API calls `clientConfig`.
  public static ClientConfig of(JsonNode config) {
    String bundle =
        new String(
            Base64.getMimeDecoder().decode(config.path("caBundle").stringValue("")),
            StandardCharsets.UTF_8);
    JsonNode service = config.path("service");
    if (!service.isObject()) {
      return new ClientConfig(new Place.Url(config.path("url").stringValue("")), bundle);
    }
    String path = service.path("path").stringValue("");
    return new ClientConfig(
        new Place.Service(
            service.path("namespace").stringValue(""),
            service.path("name").stringValue(""),
            service.path("port").asInt(HTTPS),
            path.startsWith("/") ? path : "/" + path),
        bundle);
  }
}
