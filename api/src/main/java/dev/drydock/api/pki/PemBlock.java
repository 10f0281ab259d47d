package dev.drydock.api.pki;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// One block of a PEM file.
@SuppressWarnings("ArrayRecordComponent") // never compared
public record PemBlock(String label, byte[] content) {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  /// The first block.
  ///
  /// @throws IllegalArgumentException when there is none
  public static PemBlock first(String text) {
    return BLOCK
        .matcher(text)
        .results()
        .findFirst()
        .map(PemBlock::of)
        .orElseThrow(() -> new IllegalArgumentException("no PEM block found"));
  }

  /// All blocks, in their order; what stands between them is passed over.
  public static List<PemBlock> all(String text) {
    return BLOCK.matcher(text).results().map(PemBlock::of).toList();
  }

  private static PemBlock of(MatchResult found) {
    return new PemBlock(found.group(1), Base64.getMimeDecoder().decode(found.group(2)));
  }

  /// In lines of 64 characters.
  public String text() {
    String base64 =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(content);
    return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
  }
}
