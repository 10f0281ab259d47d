package dev.drydock.lab.process;

import dev.drydock.lab.topology.Component;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The flags that a person wants a component to have: lines of `flags/COMPONENT` in the lab's
/// folder. They take the place of the lab's own of the same name.
record OwnFlags(LabHome home) {

  /// @param usual without them
  List<String> of(Component component, List<String> usual) {
    List<String> all = new ArrayList<>(usual);
    Set<String> files = new LinkedHashSet<>(List.of(component.role().title()));
    files.add(component.name());
    for (String file : files) {
      List<String> wanted = lines(home.flags(file));
      List<String> names = wanted.stream().map(OwnFlags::nameOf).toList();
      all.removeIf(flag -> names.contains(nameOf(flag)));
      all.addAll(wanted);
    }
    return all;
  }

  private static List<String> lines(Path file) {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return Files.readAllLines(file).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String nameOf(String flag) {
    int equals = flag.indexOf('=');
    return equals < 0 ? flag : flag.substring(0, equals);
  }
}
