package dev.drydock.kubelet.program.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.kubelet.files.FileErrors;
import dev.drydock.kubelet.program.World;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;

/// Runs something over each named file, or over standard input when none is named.
final class Inputs {
  private Inputs() {}

  /// What to do with one input.
  interface Use {
    /// @param name `-` for standard input
    int with(String name, byte[] content) throws IOException, InterruptedException;
  }

  /// @return the greatest of the results; 1 when a file can't be read
  static int each(World world, List<String> names, Use use)
      throws IOException, InterruptedException {
    String command = world.arguments().getFirst();
    int status = 0;
    for (String name : names.isEmpty() ? List.of("-") : names) {
      byte[] content;
      try {
        content =
            name.equals("-") ? world.in().readAllBytes() : world.files().read(world.path(name));
      } catch (InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        world.complain(command + ": can't open '" + name + "': " + FileErrors.text(e));
        status = 1;
        continue;
      }
      status = Math.max(status, use.with(name, content));
    }
    return status;
  }

  static List<String> lines(byte[] content) {
    return new String(content, UTF_8).lines().toList();
  }
}
