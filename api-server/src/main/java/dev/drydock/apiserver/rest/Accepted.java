package dev.drydock.apiserver.rest;

/// What kind of answer the client takes: the outcome of [Negotiation].
///
/// @param meta version of tables and metadata: `meta.k8s.io/v1`, or what came before it
record Accepted(Format format, Form form, String meta) {
  static final String META = "meta.k8s.io/v1";
  static final Accepted JSON = new Accepted(Format.JSON, Form.OBJECT);

  /// In today's versions.
  Accepted(Format format, Form form) {
    this(format, form, META);
  }

  /// How it is written.
  enum Format {
    JSON("application/json"),
    YAML("application/yaml"),
    PROTOBUF("application/vnd.kubernetes.protobuf");

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
}
