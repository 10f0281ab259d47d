package dev.drydock.apiserver.registry.customresource;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Versions by how ready they are: `v2`, `v1`, `v2beta1`, `v1alpha3`, then all other names in
/// alphabetical order.
final class VersionOrder implements Comparator<String> {
  private static final Pattern VERSION = Pattern.compile("v([0-9]+)(?:(alpha|beta)([0-9]+))?");

  @Override
  public int compare(String one, String other) {
    Matcher first = VERSION.matcher(one);
    Matcher second = VERSION.matcher(other);
    boolean isFirst = first.matches();
    boolean isSecond = second.matches();
    if (!isFirst || !isSecond) {
      return isFirst == isSecond ? one.compareTo(other) : isFirst ? -1 : 1;
    }
    int stability = Integer.compare(stability(second), stability(first));
    int major = Long.compare(number(second, 1), number(first, 1));
    return stability != 0
        ? stability
        : major != 0 ? major : Long.compare(number(second, 3), number(first, 3));
  }

  private static int stability(Matcher version) {
    String word = version.group(2);
    return word == null ? 2 : word.equals("beta") ? 1 : 0;
  }

  private static long number(Matcher version, int group) {
    String digits = version.group(group);
    return digits == null ? 0 : Long.parseLong(digits.substring(0, Math.min(18, digits.length())));
  }
}
