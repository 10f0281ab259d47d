package dev.drydock.kubelet.program.command;

import dev.drydock.kubelet.files.FileErrors;
import dev.drydock.kubelet.files.FileInfo;
import dev.drydock.kubelet.files.FileSystem;
import dev.drydock.kubelet.files.Volume.WriteMode;
import dev.drydock.kubelet.program.Program;
import dev.drydock.kubelet.program.World;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// `tar`: create, list and extract, as `kubectl cp` uses it on both ways.
final class Tar implements Program {

  @Override
  public int run(World world) throws IOException {
    List<String> line = new ArrayList<>(world.arguments());
    if (line.size() > 1 && line.get(1).matches("[A-Za-z]+")) {
      line.set(1, "-" + line.get(1));
    }
    Arguments arguments = Arguments.parse(line, Set.of("f", "C", "strip-components", "file"));
    String archive = arguments.values().getOrDefault("f", "-");
    String directory = world.path(arguments.values().getOrDefault("C", "."));
    try {
      if (arguments.has("c")) {
        return create(world, arguments, archive, directory);
      }
      if (arguments.has("x") || arguments.has("t")) {
        try (InputStream in = open(world, archive, arguments)) {
          return unpack(world, arguments, in, directory);
        }
      }
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      if ("Broken pipe".equals(e.getMessage())) {
        throw e;
      }
      world.complain("tar: " + FileErrors.text(e));
      return 1;
    }
    world.complain("tar: must specify one of -c, -x, -t");
    return 1;
  }

  private static InputStream open(World world, String archive, Arguments arguments)
      throws IOException {
    InputStream raw =
        archive.equals("-")
            ? new BufferedInputStream(world.in(), 32 * 1024)
            : new ByteArrayInputStream(world.files().read(world.path(archive)));
    return arguments.has("z") ? new GZIPInputStream(raw) : raw;
  }

  private static int create(World world, Arguments arguments, String archive, String directory)
      throws IOException {
    var kept = new ByteArrayOutputStream();
    boolean toFile = !archive.equals("-");
    OutputStream plain = toFile ? kept : world.out();
    OutputStream out = arguments.has("z") ? new GZIPOutputStream(plain) : plain;
    int status = 0;
    boolean told = false;
    for (String name : arguments.operands()) {
      if (name.startsWith("/") && !told) {
        world.complain("tar: Removing leading `/' from member names");
        told = true;
      }
      String path = FileSystem.normal(directory, name);
      if (world.files().stat(path).isEmpty()) {
        world.complain("tar: " + name + ": Cannot stat: No such file or directory");
        status = 2;
        continue;
      }
      add(world, out, path, name.replaceFirst("^/+", "").replaceFirst("/+$", ""));
    }
    TarEntry.end(out);
    if (out instanceof GZIPOutputStream zip) {
      zip.finish();
    }
    out.flush();
    if (toFile) {
      world.files().write(world.path(archive), kept.toByteArray(), WriteMode.REPLACE);
    }
    if (status != 0) {
      world.complain("tar: Exiting with failure status due to previous errors");
    }
    return status;
  }

  private static void add(World world, OutputStream out, String path, String name)
      throws IOException {
    Optional<FileInfo> found = world.files().stat(path);
    if (found.isEmpty()) {
      return;
    }
    FileInfo info = found.get();
    long modified = Math.max(0, info.modified().getEpochSecond());
    if (!info.isDirectory()) {
      byte[] content = world.files().read(path);
      new TarEntry(name, TarEntry.Kind.FILE, info.mode(), modified, content).write(out);
      return;
    }
    String below = name.isEmpty() ? "" : name + "/";
    if (!below.isEmpty()) {
      new TarEntry(below, TarEntry.Kind.DIRECTORY, info.mode(), modified, new byte[0]).write(out);
    }
    for (String child : world.files().list(path)) {
      add(world, out, (path.equals("/") ? "" : path) + "/" + child, below + child);
    }
  }

  private static int unpack(World world, Arguments arguments, InputStream in, String directory)
      throws IOException {
    int strip = arguments.number("strip-components", 0);
    for (TarEntry entry = TarEntry.read(in); entry != null; entry = TarEntry.read(in)) {
      String name = stripped(entry.name().replaceFirst("^/+", ""), strip);
      if (arguments.has("t")) {
        world.print(entry.name());
      } else if (!name.isEmpty()) {
        if (arguments.has("v")) {
          world.print(entry.name());
        }
        put(world, entry, FileSystem.normal(directory, name));
      }
    }
    in.transferTo(OutputStream.nullOutputStream());
    return 0;
  }

  private static String stripped(String name, int count) {
    String rest = name;
    for (int i = 0; i < count; i++) {
      int slash = rest.indexOf('/');
      rest = slash < 0 ? "" : rest.substring(slash + 1);
    }
    return rest;
  }

  private static void put(World world, TarEntry entry, String path) throws IOException {
    switch (entry.kind()) {
      case DIRECTORY -> world.files().makeDirectories(path);
      case FILE -> {
        int slash = path.lastIndexOf('/');
        if (slash > 0) {
          world.files().makeDirectories(path.substring(0, slash));
        }
        world.files().write(path, entry.content(), WriteMode.REPLACE);
      }
      case OTHER -> {}
    }
  }
}
