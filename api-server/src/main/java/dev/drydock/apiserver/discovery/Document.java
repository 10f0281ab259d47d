package dev.drydock.apiserver.discovery;

import dev.drydock.api.codec.TreeCodec;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// A text about the server, ready to be sent.
///
/// @param bytes shared: never change them
/// @param etag with its quotes, as the header has it
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Document(byte[] bytes, String contentType, String etag) {
  static final String JSON = "application/json";

  static Document of(JsonNode tree, String contentType) {
    return of(TreeCodec.write(tree), contentType);
  }

  /// @param bytes handed over
  static Document of(byte[] bytes, String contentType) {
    return new Document(bytes, contentType, '"' + hash(bytes) + '"');
  }

  static String hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest).toUpperCase(Locale.ROOT);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
