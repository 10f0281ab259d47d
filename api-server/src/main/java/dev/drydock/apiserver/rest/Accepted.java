package dev.drydock.apiserver.rest;

import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.StatusReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What kind of answer the client takes: the outcome of content negotiation.
record Accepted(Format format, Form form) {
  static final Accepted JSON = new Accepted(Format.JSON, Form.OBJECT);

  /// How it is written.
  enum Format {
    JSON("application/json"),
    YAML("application/yaml");

    private final String mediaType;

    Format(String mediaType) {
      this.mediaType = mediaType;
    }

    String mediaType() {
      return mediaType;
    }
  }

  /// What is shown of the objects.
  enum Form {
    OBJECT,
    TABLE,
    PARTIAL
  }

  private record Clause(String mediaType, String as, double quality) {}

  /// @param header the `Accept` header; empty: anything
  /// @throws ApiException `NotAcceptable`
  static Accepted negotiate(String header) {
    if (header.isEmpty() || header.equals("application/json") || header.equals("*/*")) {
      return JSON;
    }
    List<Clause> clauses = new ArrayList<>();
    for (String part : header.split(",")) {
      clauses.add(clause(part.trim()));
    }
    clauses.sort(Comparator.comparingDouble(Clause::quality).reversed());
    for (Clause clause : clauses) {
      Format format = format(clause.mediaType());
      if (format == null) {
        continue;
      }
      switch (clause.as()) {
        case "" -> {
          return new Accepted(format, Form.OBJECT);
        }
        case "Table" -> {
          return new Accepted(format, Form.TABLE);
        }
        case "PartialObjectMetadata", "PartialObjectMetadataList" -> {
          return new Accepted(format, Form.PARTIAL);
        }
        default -> {}
      }
    }
    throw ApiException.of(
        StatusReason.NOT_ACCEPTABLE,
        "only the following media types are accepted: application/json, application/yaml");
  }

  private static @org.jspecify.annotations.Nullable Format format(String mediaType) {
    return switch (mediaType) {
      case "application/json", "application/*", "*/*" -> Format.JSON;
      case "application/yaml" -> Format.YAML;
      default -> null;
    };
  }

  private static Clause clause(String text) {
    String[] parts = text.split(";");
    String as = "";
    String group = "meta.k8s.io";
    String version = "v1";
    double quality = 1;
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      String value = equals < 0 ? "" : parts[i].substring(equals + 1).trim();
      switch (equals < 0 ? "" : parts[i].substring(0, equals).trim()) {
        case "as" -> as = value;
        case "g" -> group = value;
        case "v" -> version = value;
        case "q" -> quality = quality(value);
        default -> {}
      }
    }
    boolean known =
        group.equals("meta.k8s.io") && (version.equals("v1") || version.equals("v1beta1"));
    return new Clause(
        parts[0].trim().toLowerCase(java.util.Locale.ROOT),
        as.isEmpty() || known ? as : "unknown",
        quality);
  }

  private static double quality(String value) {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      return 1;
    }
  }
}
