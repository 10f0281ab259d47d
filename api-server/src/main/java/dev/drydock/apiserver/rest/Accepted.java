package dev.drydock.apiserver.rest;

/// What kind of answer the client takes: the outcome of [Negotiation].
record Accepted(Format format, Form form) {
  static final Accepted JSON = new Accepted(Format.JSON, Form.OBJECT);

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
