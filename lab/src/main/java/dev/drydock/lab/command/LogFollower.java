package dev.drydock.lab.command;

import dev.drydock.lab.process.LabException;
import dev.drydock.lab.process.LabHome;
import dev.drydock.lab.topology.Component;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Merges the logs of components, in order of the time at the beginning of each line.
final class LogFollower {
  private static final Pattern TIME =
      Pattern.compile("(?:\\{\"level\".{0,20}\"ts\":\"[-0-9]+T)?(\\d\\d:\\d\\d:\\d\\d\\.\\d{3})");

  private final LabHome home;
  private final List<Component> components;
  private final Map<Component, Long> positions = new HashMap<>();

  LogFollower(LabHome home, List<Component> components) {
    this.home = home;
    this.components = List.copyOf(components);
  }

  /// One line of one log.
  private record Line(String time, Component component, String text) {}

  /// Prints what is there.
  ///
  /// @param tail only so many lines of the end; negative: all
  void print(PrintWriter out, int tail) {
    List<Line> lines = read();
    int from = tail < 0 ? 0 : Math.max(0, lines.size() - tail);
    lines.subList(from, lines.size()).forEach(line -> print(out, line));
    out.flush();
  }

  /// Prints what comes, for ever.
  void follow(PrintWriter out) throws InterruptedException {
    Path folder = home.root().resolve("logs");
    try (WatchService changes = folder.getFileSystem().newWatchService()) {
      folder.register(
          changes, StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_CREATE);
      while (!out.checkError()) {
        read().forEach(line -> print(out, line));
        out.flush();
        WatchKey key = changes.take();
        key.pollEvents();
        key.reset();
      }
    } catch (IOException e) {
      throw new LabException("can't follow the logs in " + folder + ": " + e.getMessage(), e);
    }
  }

  private List<Line> read() {
    var lines = new ArrayList<Line>();
    for (Component component : components) {
      lines.addAll(readNew(component));
    }
    lines.sort(Comparator.comparing(Line::time));
    return lines;
  }

  private List<Line> readNew(Component component) {
    Path file = home.log(component);
    if (!Files.exists(file)) {
      return List.of();
    }
    try (var log = new RandomAccessFile(file.toFile(), "r")) {
      long position = Math.min(positions.getOrDefault(component, 0L), log.length());
      log.seek(position);
      byte[] bytes = new byte[Math.toIntExact(log.length() - position)];
      log.readFully(bytes);
      String text = new String(bytes, StandardCharsets.UTF_8);
      String whole = text.substring(0, text.lastIndexOf('\n') + 1);
      positions.put(component, position + whole.getBytes(StandardCharsets.UTF_8).length);
      var lines = new ArrayList<Line>();
      String time = "";
      for (String line : whole.lines().toList()) {
        time = timeOf(line, time);
        lines.add(new Line(time, component, line));
      }
      return lines;
    } catch (IOException e) {
      throw new LabException("can't read " + file + ": " + e.getMessage(), e);
    }
  }

  /// The time of day at which a line was written: `HH:mm:ss.SSS` at its beginning; etcd's stands in
  /// a field of its JSON. A line without one belongs to the one before it.
  private static String timeOf(String line, String before) {
    Matcher time = TIME.matcher(line);
    return time.lookingAt() ? time.group(1) : before;
  }

  private static void print(PrintWriter out, Line line) {
    out.printf("%-22s %s%n", line.component().name(), line.text());
  }
}
