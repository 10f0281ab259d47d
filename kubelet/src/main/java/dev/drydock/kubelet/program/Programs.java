package dev.drydock.kubelet.program;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// The programs there are, by name. A family is a map of them; users add families of their own
/// with [java.util.ServiceLoader].
public final class Programs {
  private final Map<String, Program> byName;

  /// A group of programs that belong together.
  public interface Family {
    Map<String, Program> programs();
  }

  /// @param families later ones win
  public Programs(List<Family> families) {
    Map<String, Program> all = new HashMap<>();
    families.forEach(family -> all.putAll(family.programs()));
    this.byName = Map.copyOf(all);
  }

  /// @param command a name, or a path of which only the last part counts
  public Optional<Program> find(String command) {
    return Optional.ofNullable(byName.get(command.substring(command.lastIndexOf('/') + 1)));
  }

  public SortedSet<String> names() {
    return new TreeSet<>(byName.keySet());
  }
}
