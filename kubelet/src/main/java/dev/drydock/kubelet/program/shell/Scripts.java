package dev.drydock.kubelet.program.shell;

import dev.drydock.kubelet.files.FileSystem;
import dev.drydock.kubelet.program.ProcessTable;
import dev.drydock.kubelet.program.Program;
import dev.drydock.kubelet.program.World;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Files that can be run.
final class Scripts {
  private Scripts() {}

  /// A script at a path, run by a shell of its own.
  static Optional<Program> find(World world, String directory, String name) {
    String path = FileSystem.normal(directory, name);
    try {
      if (!name.contains("/") || !world.files().readText(path).startsWith("#!")) {
        return Optional.empty();
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return Optional.of(
        inner -> {
          List<String> line = new ArrayList<>(List.of("sh", path));
          line.addAll(inner.arguments().subList(1, inner.arguments().size()));
          Shell shell = new Shell();
          return shell.run(
              inner.as(
                  new ProcessTable.Launch(
                      shell, line, inner.environment(), inner.directory(), inner.streams())));
        });
  }
}
