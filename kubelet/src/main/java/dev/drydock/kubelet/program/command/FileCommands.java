package dev.drydock.kubelet.program.command;

import dev.drydock.kubelet.files.FileErrors;
import dev.drydock.kubelet.files.FileInfo;
import dev.drydock.kubelet.files.Mount;
import dev.drydock.kubelet.files.Volume.WriteMode;
import dev.drydock.kubelet.program.Program;
import dev.drydock.kubelet.program.World;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Commands on files: `cat`, `ls`, `mkdir`, `rm`, `touch`, `cp`, `mv`, `tail`, `tee`, `find`, `df`.
final class FileCommands {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("MMM ppd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private FileCommands() {}

  static Map<String, Program> all() {
    Map<String, Program> all = new TreeMap<>();
    all.put("cat", FileCommands::cat);
    all.put("more", FileCommands::cat);
    all.put("less", FileCommands::cat);
    all.put("ls", FileCommands::ls);
    all.put("mkdir", world -> each(world, FileCommands::mkdir));
    all.put("rmdir", world -> each(world, (self, _, path) -> self.files().remove(path)));
    all.put("rm", FileCommands::rm);
    all.put("touch", world -> each(world, (self, _, path) -> touch(self, path)));
    all.put("chmod", FileCommands::chmod);
    all.put("chown", _ -> 0);
    all.put("sync", _ -> 0);
    all.put("cp", world -> copy(world, Original.KEPT));
    all.put("mv", world -> copy(world, Original.REMOVED));
    all.put("tail", FileCommands::tail);
    all.put("tee", FileCommands::tee);
    all.put("find", FileCommands::find);
    all.put("df", FileCommands::df);
    all.put("mount", FileCommands::mount);
    return all;
  }

  private static int cat(World world) throws IOException, InterruptedException {
    Arguments arguments = Arguments.parse(world.arguments(), Set.of());
    if (arguments.operands().isEmpty()) {
      byte[] buffer = new byte[4096];
      for (int n = world.in().read(buffer); n >= 0; n = world.in().read(buffer)) {
        world.out().write(buffer, 0, n);
      }
      return 0;
    }
    return Inputs.each(
        world,
        arguments.operands(),
        (_, content) -> {
          world.out().write(content);
          return 0;
        });
  }

  private interface OnFile {
    void run(World world, Arguments arguments, String path) throws IOException;
  }

  private static int each(World world, OnFile action) throws IOException {
    Arguments arguments = Arguments.parse(world.arguments(), Set.of("m"));
    String command = world.arguments().getFirst();
    int status = 0;
    for (String name : arguments.operands()) {
      try {
        action.run(world, arguments, world.path(name));
      } catch (IOException e) {
        world.complain(command + ": " + name + ": " + FileErrors.text(e));
        status = 1;
      }
    }
    return status;
  }

  private static void mkdir(World world, Arguments arguments, String path) throws IOException {
    if (arguments.has("p")) {
      world.files().makeDirectories(path);
    } else if (world.files().stat(path).isPresent()) {
      throw new IOException("File exists");
    } else {
      world.files().makeDirectory(path);
    }
  }

  /// Octal modes only; symbolic ones change nothing.
  private static int chmod(World world) throws IOException {
    List<String> line = new ArrayList<>(world.arguments());
    line.removeIf(word -> word.startsWith("-"));
    int status = 0;
    for (String name : line.subList(Math.min(2, line.size()), line.size())) {
      try {
        if (line.get(1).matches("[0-7]{3,4}")) {
          world.files().setMode(world.path(name), Integer.parseInt(line.get(1), 8));
        }
      } catch (IOException e) {
        world.complain("chmod: " + name + ": " + FileErrors.text(e));
        status = 1;
      }
    }
    return status;
  }

  private static int rm(World world) throws IOException {
    return each(
        world,
        (self, arguments, path) -> {
          Optional<FileInfo> info = self.files().stat(path);
          boolean recursive = arguments.has("r") || arguments.has("R");
          if (info.isEmpty() && arguments.has("f")) {
            return;
          }
          if (info.isPresent() && info.get().isDirectory() && !recursive) {
            throw new IOException("Is a directory");
          }
          self.files().remove(path);
        });
  }

  private static void touch(World world, String path) throws IOException {
    world.files().write(path, new byte[0], WriteMode.APPEND);
  }

  private enum Original {
    KEPT,
    REMOVED
  }

  private static int copy(World world, Original original) throws IOException {
    List<String> names = Arguments.parse(world.arguments(), Set.of()).operands();
    String command = world.arguments().getFirst();
    if (names.size() < 2) {
      world.complain(command + ": missing operand");
      return 1;
    }
    String target = world.path(names.getLast());
    boolean into = world.files().stat(target).filter(FileInfo::isDirectory).isPresent();
    int status = 0;
    for (String name : names.subList(0, names.size() - 1)) {
      String source = world.path(name);
      try {
        String to = into ? target + source.substring(source.lastIndexOf('/')) : target;
        copyTree(world, source, to);
        if (original == Original.REMOVED) {
          world.files().remove(source);
        }
      } catch (IOException e) {
        world.complain(command + ": can't stat '" + name + "': " + FileErrors.text(e));
        status = 1;
      }
    }
    return status;
  }

  private static void copyTree(World world, String from, String to) throws IOException {
    boolean directory = world.files().stat(from).filter(FileInfo::isDirectory).isPresent();
    if (!directory) {
      world.files().write(to, world.files().read(from), WriteMode.REPLACE);
      return;
    }
    world.files().makeDirectories(to);
    for (String name : world.files().list(from)) {
      copyTree(world, from + "/" + name, to + "/" + name);
    }
  }

  private static int ls(World world) throws IOException {
    Arguments arguments = Arguments.parse(world.arguments(), Set.of());
    List<String> names =
        arguments.operands().isEmpty() ? List.of(world.directory()) : arguments.operands();
    int status = 0;
    for (String name : names) {
      String path = world.path(name);
      Optional<FileInfo> info = world.files().stat(path);
      if (info.isEmpty()) {
        world.complain("ls: " + name + ": No such file or directory");
        status = 1;
      } else if (!info.get().isDirectory() || arguments.has("d")) {
        entry(world, arguments, name, info.get());
      } else {
        if (names.size() > 1) {
          world.print(name + ":");
        }
        for (String child : world.files().list(path)) {
          String full = path.equals("/") ? "/" + child : path + "/" + child;
          Optional<FileInfo> one = world.files().stat(full);
          if (one.isPresent() && (arguments.has("a") || !child.startsWith("."))) {
            entry(world, arguments, child, one.get());
          }
        }
      }
    }
    return status;
  }

  private static void entry(World world, Arguments arguments, String name, FileInfo info)
      throws IOException {
    if (!arguments.has("l")) {
      world.print(name);
      return;
    }
    StringBuilder mode = new StringBuilder(info.isDirectory() ? "d" : "-");
    for (int bit = 8; bit >= 0; bit--) {
      mode.append(((info.mode() >> bit) & 1) == 1 ? "xwr".charAt(bit % 3) : '-');
    }
    world.print(
        String.format(
            Locale.ROOT,
            "%s %4d root     root     %9d %s %s",
            mode,
            info.isDirectory() ? 2 : 1,
            info.size(),
            DATE.format(info.modified()),
            name));
  }

  private static int tail(World world) throws IOException, InterruptedException {
    List<String> line = world.arguments();
    if (line.size() > 1 && line.get(1).matches("-[0-9]+")) {
      line = new ArrayList<>(line);
      line.set(1, "-n" + line.get(1).substring(1));
    }
    Arguments arguments = Arguments.parse(line, Set.of("n", "c"));
    int count = arguments.number("n", 10);
    boolean fromStart = arguments.values().getOrDefault("n", "").startsWith("+");
    int status =
        Inputs.each(
            world,
            arguments.operands(),
            (_, content) -> {
              List<String> lines = Inputs.lines(content);
              int skip = fromStart ? count - 1 : lines.size() - count;
              for (String text : lines.subList(Math.clamp(skip, 0, lines.size()), lines.size())) {
                world.print(text);
              }
              return 0;
            });
    boolean follow = arguments.has("f") || arguments.has("F");
    if (!follow || arguments.operands().isEmpty()) {
      return status;
    }
    follow(world, world.path(arguments.operands().getFirst()));
    return 0;
  }

  private static void follow(World world, String path) throws IOException, InterruptedException {
    if (path.equals("/dev/null")) {
      world.sleep(Duration.ofDays(3650));
    }
    int seen = length(world, path);
    while (true) {
      world.sleep(Duration.ofSeconds(1));
      int now = length(world, path);
      if (now > seen) {
        byte[] content = world.files().read(path);
        world.out().write(Arrays.copyOfRange(content, seen, content.length));
      }
      seen = now;
    }
  }

  private static int length(World world, String path) throws IOException {
    return world.files().stat(path).isEmpty() ? 0 : world.files().read(path).length;
  }

  private static int tee(World world) throws IOException {
    Arguments arguments = Arguments.parse(world.arguments(), Set.of());
    for (String name : arguments.operands()) {
      WriteMode mode = arguments.has("a") ? WriteMode.APPEND : WriteMode.REPLACE;
      world.files().write(world.path(name), new byte[0], mode);
    }
    byte[] buffer = new byte[4096];
    for (int n = world.in().read(buffer); n >= 0; n = world.in().read(buffer)) {
      world.out().write(buffer, 0, n);
      for (String name : arguments.operands()) {
        world.files().write(world.path(name), Arrays.copyOf(buffer, n), WriteMode.APPEND);
      }
    }
    return 0;
  }

  private static int find(World world) throws IOException {
    List<String> line = world.arguments();
    String start = line.size() > 1 && !line.get(1).startsWith("-") ? line.get(1) : ".";
    String pattern = after(line, "-name");
    String type = after(line, "-type");
    if (world.files().stat(world.path(start)).isEmpty()) {
      world.complain("find: " + start + ": No such file or directory");
      return 1;
    }
    walk(world, start, pattern, type);
    return 0;
  }

  private static String after(List<String> line, String option) {
    int at = line.indexOf(option);
    return at < 0 || at + 1 >= line.size() ? "" : line.get(at + 1);
  }

  private static void walk(World world, String name, String pattern, String type)
      throws IOException {
    Optional<FileInfo> info = world.files().stat(world.path(name));
    if (info.isEmpty()) {
      return;
    }
    boolean directory = info.get().isDirectory();
    String last = name.substring(name.lastIndexOf('/') + 1);
    String regex = pattern.replace(".", "\\.").replace("*", ".*").replace("?", ".");
    if ((pattern.isEmpty() || last.matches(regex))
        && (type.isEmpty() || type.equals(directory ? "d" : "f"))) {
      world.print(name);
    }
    if (directory) {
      for (String child : world.files().list(world.path(name))) {
        walk(world, name.endsWith("/") ? name + child : name + "/" + child, pattern, type);
      }
    }
  }

  private static int df(World world) throws IOException {
    world.print("Filesystem           1K-blocks      Used Available Use% Mounted on");
    world.print("overlay              104857600   1048576 103809024   1% /");
    for (var mount : world.files().mounts()) {
      String device = mount.medium() == Mount.Medium.MEMORY ? "tmpfs    " : "/dev/vda1";
      world.print(device + "              8388608         0   8388608   0% " + mount.path());
    }
    return 0;
  }

  private static int mount(World world) throws IOException {
    world.print("overlay on / type overlay (rw,relatime)");
    for (var mount : world.files().mounts()) {
      String on = " on " + mount.path() + " type ";
      String access = mount.access() == Mount.Access.READ_ONLY ? "(ro)" : "(rw)";
      world.print(
          mount.medium() == Mount.Medium.MEMORY
              ? "tmpfs" + on + "tmpfs " + access
              : "/dev/vda1" + on + "ext4 " + access);
    }
    return 0;
  }
}
