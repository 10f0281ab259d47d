package dev.drydock.apiserver.discovery;

import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// A group version that another server serves.
///
/// @param resources as aggregated discovery lists them; shared, never changed
/// @param openApi what the server says of it
public record RemoteVersion(
    String group,
    String version,
    Priority priority,
    Freshness freshness,
    List<ObjectNode> resources,
    OpenApiTexts openApi) {
  public RemoteVersion {
    resources = List.copyOf(resources);
  }

  /// Whether the server has been asked lately.
  public enum Freshness {
    CURRENT("Current"),
    STALE("Stale");

    private final String text;

    Freshness(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /// Its OpenAPI documents.
  ///
  /// @param v3 empty: none
  /// @param v2 empty: none
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody but by identity
  public record OpenApiTexts(byte[] v3, byte[] v2) {
    public static final OpenApiTexts NONE = new OpenApiTexts(new byte[0], new byte[0]);

    /// Whether another says the same.
    public boolean says(OpenApiTexts other) {
      return Arrays.equals(v3, other.v3) && Arrays.equals(v2, other.v2);
    }
  }
}
