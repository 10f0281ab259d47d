package dev.drydock.apiserver.admission.podsecurity;

import java.util.Collection;
import java.util.stream.Collectors;

/// How lists are worded.
final class Words {
  private Words() {}

  static String plural(String one, String many, int count) {
    return count == 1 ? one : many;
  }

  /// `"a", "b"`.
  static String quoted(Collection<String> names) {
    return names.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", "));
  }

  /// `containers "a", "b"`.
  static String containers(Collection<String> names) {
    return plural("container", "containers", names.size()) + " " + quoted(names);
  }
}
