package dev.drydock.apiserver.discovery;

import dev.drydock.api.codec.OpenApiV2Message;
import dev.drydock.api.codec.OpenApiV3Message;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.StatusReason;
import tools.jackson.databind.JsonNode;

/// The protobuf messages that OpenAPI documents are given as beside JSON.
enum OpenApiMessage {
  V2(OpenApiV2Message.CONTENT_TYPE),
  V3(OpenApiV3Message.CONTENT_TYPE);

  private final String contentType;
  private final String oldContentType;

  OpenApiMessage(String contentType) {
    this.contentType = contentType;
    // It was spelled in a way that is no media type; clients still ask for it.
    this.oldContentType = contentType.replace(".v1.0+", "@v1.0+");
  }

  /// Whether a client likes it better than JSON.
  ///
  /// @param accept the `Accept` header; empty: anything
  /// @throws ApiException `NotAcceptable` when it takes neither
  boolean isWanted(String accept) {
    if (accept.isEmpty()) {
      return false;
    }
    for (AcceptClause clause : AcceptClause.all(accept)) {
      if (clause.takes(Document.JSON)) {
        return false;
      }
      if (clause.takes(contentType) || clause.takes(oldContentType)) {
        return true;
      }
    }
    throw ApiException.of(
        StatusReason.NOT_ACCEPTABLE,
        "only the following media types are accepted: " + Document.JSON + ", " + contentType);
  }

  /// The document in this form.
  Document document(JsonNode tree) {
    byte[] bytes =
        switch (this) {
          case V2 -> OpenApiV2Message.of(tree);
          case V3 -> OpenApiV3Message.of(tree);
        };
    return Document.of(bytes, contentType);
  }

  /// What the documents in this form are kept under.
  static String key(String path) {
    return path + " message";
  }
}
