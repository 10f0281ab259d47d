package dev.drydock.apiserver.admission.podsecurity;

import dev.drydock.api.meta.EmulatedVersion;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A level as a version of Kubernetes defines it.
///
/// @param minor of the version; [#LATEST] for the newest
public record Standard(Level level, int minor) {
  static final int LATEST = Integer.MAX_VALUE;
  static final Standard NOTHING_FORBIDDEN = new Standard(Level.PRIVILEGED, LATEST);

  private static final int NEWEST = Integer.parseInt(EmulatedVersion.MINOR);
  private static final Pattern VERSION = Pattern.compile("v1\\.([0-9]|[1-9][0-9]*)");

  /// The minor version in `v1.25` or `latest`; empty: it is neither.
  static Optional<Integer> minor(String text) {
    if (text.equals("latest")) {
      return Optional.of(LATEST);
    }
    Matcher version = VERSION.matcher(text);
    return version.matches() && version.group(1).length() < 6
        ? Optional.of(Integer.parseInt(version.group(1)))
        : Optional.empty();
  }

  /// A version newer than this server's is the newest.
  boolean knows(int since) {
    return Math.min(minor, NEWEST) >= since;
  }

  /// `restricted:latest`.
  @Override
  public String toString() {
    return level.text() + ":" + (minor == LATEST ? "latest" : "v1." + minor);
  }
}
