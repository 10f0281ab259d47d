package dev.drydock.kubelet.image;

import java.util.Optional;
import java.util.regex.Pattern;

/// A reference to an image, read as container runtimes read it.
///
/// @param registry `docker.io` unless the name says otherwise
/// @param repository with `library/` for Docker's own images
/// @param tag `latest` unless the name has a tag or digest
/// @param digest `sha256:…` or empty
public record ImageName(String registry, String repository, String tag, String digest) {
  private static final Pattern PATH =
      Pattern.compile("[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

  /// @return nothing when the text is not a valid reference
  public static Optional<ImageName> parse(String text) {
    String rest = text;
    String digest = "";
    int at = rest.indexOf('@');
    if (at >= 0) {
      digest = rest.substring(at + 1);
      rest = rest.substring(0, at);
    }
    String tag = "";
    int colon = rest.lastIndexOf(':');
    if (colon > rest.lastIndexOf('/')) {
      tag = rest.substring(colon + 1);
      rest = rest.substring(0, colon);
      if (tag.isEmpty()) {
        return Optional.empty();
      }
    }
    String registry = "docker.io";
    int slash = rest.indexOf('/');
    String first = slash < 0 ? "" : rest.substring(0, slash);
    if (first.indexOf('.') >= 0 || first.indexOf(':') >= 0 || first.equals("localhost")) {
      registry = first;
      rest = rest.substring(slash + 1);
    } else if (slash < 0) {
      rest = "library/" + rest;
    }
    boolean valid =
        PATH.matcher(rest).matches()
            && (tag.isEmpty() || TAG.matcher(tag).matches())
            && (digest.isEmpty() ? at < 0 : DIGEST.matcher(digest).matches());
    return valid
        ? Optional.of(
            new ImageName(
                registry, rest, tag.isEmpty() && digest.isEmpty() ? "latest" : tag, digest))
        : Optional.empty();
  }

  /// The last part of the repository: `nginx`.
  public String shortName() {
    return repository.substring(repository.lastIndexOf('/') + 1);
  }

  /// The full name: `docker.io/library/nginx:latest`.
  public String canonical() {
    return registry
        + "/"
        + repository
        + (tag.isEmpty() ? "" : ":" + tag)
        + (digest.isEmpty() ? "" : "@" + digest);
  }

  /// Whether Kubernetes pulls it anew each time when nothing else is said.
  public boolean isLatest() {
    return digest.isEmpty() && tag.equals("latest");
  }
}
