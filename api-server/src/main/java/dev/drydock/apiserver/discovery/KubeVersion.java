package dev.drydock.apiserver.discovery;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A version as people want them sorted: `v10`, `v2`, `v1`, `v1beta1`, `v1alpha1`, then anything
/// else by its letters.
record KubeVersion(String text, int stability, int major, int minor) {
  private static final Pattern FORM = Pattern.compile("v([0-9]{1,8})(?:(alpha|beta)([0-9]{1,8}))?");
  private static final int NONE = 3;

  static final Comparator<String> BEST_FIRST =
      Comparator.comparing(KubeVersion::of, KubeVersion::compare);

  private static KubeVersion of(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return new KubeVersion(text, NONE, 0, 0);
    }
    int major = Integer.parseInt(parts.group(1));
    if (parts.group(2) == null) {
      return new KubeVersion(text, 0, major, 0);
    }
    int stability = parts.group(2).equals("beta") ? 1 : 2;
    return new KubeVersion(text, stability, major, Integer.parseInt(parts.group(3)));
  }

  private static int compare(KubeVersion left, KubeVersion right) {
    if (left.stability() != right.stability()) {
      return Integer.compare(left.stability(), right.stability());
    }
    if (left.stability() == NONE) {
      return left.text().compareTo(right.text());
    }
    return left.major() == right.major()
        ? Integer.compare(right.minor(), left.minor())
        : Integer.compare(right.major(), left.major());
  }
}
