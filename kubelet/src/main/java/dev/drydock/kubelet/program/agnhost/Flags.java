package dev.drydock.kubelet.program.agnhost;

import dev.drydock.api.time.GoDuration;
import dev.drydock.kubelet.program.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The flags of a command: `--name=value`, `--name value`, `-n value`, `--name`.
record Flags(Map<String, String> values) {

  static Flags of(World world) {
    List<String> line = world.arguments();
    Map<String, String> values = new HashMap<>();
    for (int i = 2; i < line.size(); i++) {
      String word = line.get(i);
      if (!word.startsWith("-")) {
        continue;
      }
      String name = word.replaceFirst("^--?", "");
      int equals = name.indexOf('=');
      if (equals >= 0) {
        values.put(name.substring(0, equals), name.substring(equals + 1));
      } else if (i + 1 < line.size() && !line.get(i + 1).startsWith("-")) {
        values.put(name, line.get(++i));
      } else {
        values.put(name, "true");
      }
    }
    return new Flags(values);
  }

  /// Empty: not given.
  String text(String name) {
    return values.getOrDefault(name, "");
  }

  int number(String name, int usual) {
    String text = text(name);
    return text.matches("-?[0-9]{1,9}") ? Integer.parseInt(text) : usual;
  }

  boolean isSet(String name) {
    return text(name).equals("true");
  }

  /// Zero when there is none, or none that can be read.
  Duration duration(String name) {
    try {
      return text(name).isEmpty() ? Duration.ZERO : GoDuration.parse(text(name));
    } catch (RuntimeException unreadable) {
      return Duration.ZERO;
    }
  }
}
