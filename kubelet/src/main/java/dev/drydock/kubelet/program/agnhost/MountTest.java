package dev.drydock.kubelet.program.agnhost;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.kubelet.files.FileErrors;
import dev.drydock.kubelet.files.FileInfo;
import dev.drydock.kubelet.files.Mount;
import dev.drydock.kubelet.files.Volume.WriteMode;
import dev.drydock.kubelet.program.Program;
import dev.drydock.kubelet.program.World;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// Makes files and tells of files: kind of file system, mode, owner, content. Fails when one of
/// the things asked for failed, after all of them.
final class MountTest implements Program {
  private static final String NEW_CONTENT = "mount-tester new file\n";
  private static final Duration BETWEEN_READS = Duration.ofSeconds(2);
  private static final int USUAL_RETRY_SECONDS = 180;
  private static final int TMPFS_FREE = 61267;

  private interface Step {
    void run(World world, String path) throws IOException, InterruptedException;
  }

  private record Named(String flag, String failure, Step step) {}

  private static final List<Named> STEPS =
      List.of(
          new Named("fs_type", "error from statfs(%s): %s", MountTest::type),
          new Named("new_file_0644", "error writing new file %s: %s", made(0644)),
          new Named("new_file_0666", "error writing new file %s: %s", made(0666)),
          new Named("new_file_0660", "error writing new file %s: %s", made(0660)),
          new Named("new_file_0777", "error writing new file %s: %s", made(0777)),
          new Named("file_mode", "error from Stat(%s): %s", MountTest::mode),
          new Named("file_perm", "error from Stat(%s): %s", MountTest::permissions),
          new Named("file_owner", "error from stat(%s): %s", MountTest::owner),
          new Named("file_content", "error reading file content for %s: %s", MountTest::content));

  @Override
  public int run(World world) throws IOException, InterruptedException {
    Flags flags = Flags.of(world);
    int failures = 0;
    for (Named named : STEPS) {
      String path = flags.text(named.flag());
      if (path.isEmpty()) {
        continue;
      }
      try {
        named.step().run(world, path);
      } catch (IOException e) {
        String text = named.failure().formatted(quoted(path), reason(path, e));
        world.print(text);
        failures++;
      }
    }
    String watched = flags.text("file_content_in_loop");
    if (!watched.isEmpty() && !contentInLoop(world, flags, watched)) {
      failures++;
    }
    return failures == 0 ? 0 : 1;
  }

  private static String quoted(String path) {
    return '"' + path + '"';
  }

  /// As Go words what Linux says.
  private static String reason(String path, IOException failure) {
    String text = FileErrors.text(failure);
    return "open "
        + path
        + ": "
        + (text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1));
  }

  private static FileInfo info(World world, String path) throws IOException {
    return world
        .files()
        .stat(world.path(path))
        .orElseThrow(() -> new IOException("No such file or directory"));
  }

  private static void type(World world, String path) throws IOException {
    info(world, path);
    boolean memory = world.files().medium(world.path(path)) == Mount.Medium.MEMORY;
    world.print(
        "mount type of " + quoted(path) + ": " + (memory ? "tmpfs" : Integer.toString(TMPFS_FREE)));
  }

  private static Step made(int mode) {
    return (world, path) -> {
      world.files().write(world.path(path), NEW_CONTENT.getBytes(UTF_8), WriteMode.REPLACE);
      world.files().setMode(world.path(path), mode);
      content(world, path);
    };
  }

  private static void mode(World world, String path) throws IOException {
    FileInfo info = info(world, path);
    String kind = info.isDirectory() ? "d" : "-";
    world.print("mode of file " + quoted(path) + ": " + kind + letters(info.mode()));
  }

  private static void permissions(World world, String path) throws IOException {
    world.print("perms of file " + quoted(path) + ": -" + letters(info(world, path).mode()));
  }

  private static String letters(int mode) {
    StringBuilder text = new StringBuilder();
    for (int bit = 8; bit >= 0; bit--) {
      text.append(((mode >> bit) & 1) == 1 ? "xwr".charAt(bit % 3) : '-');
    }
    return text.toString();
  }

  private static void owner(World world, String path) throws IOException {
    info(world, path);
    world.print("owner UID of " + quoted(path) + ": 0");
    world.print("owner GID of " + quoted(path) + ": " + world.user().gid());
  }

  private static void content(World world, String path) throws IOException {
    world.print(
        "content of file " + quoted(path) + ": " + world.files().readText(world.path(path)));
  }

  private static boolean contentInLoop(World world, Flags flags, String path)
      throws IOException, InterruptedException {
    Duration limit = Duration.ofSeconds(flags.number("retry_time", USUAL_RETRY_SECONDS));
    boolean endsWhenExpected = !flags.text("break_on_expected_content").equals("false");
    boolean read = false;
    for (Duration spent = Duration.ZERO;
        spent.compareTo(limit) < 0;
        spent = spent.plus(BETWEEN_READS)) {
      try {
        String text = world.files().readText(world.path(path));
        read = true;
        world.print("content of file " + quoted(path) + ": " + text);
        if (endsWhenExpected && text.equals(NEW_CONTENT)) {
          return true;
        }
      } catch (IOException e) {
        read = false;
        world.print("Error reading file " + path + ": " + reason(path, e) + ", retrying");
      }
      world.sleep(BETWEEN_READS);
    }
    return read;
  }
}
