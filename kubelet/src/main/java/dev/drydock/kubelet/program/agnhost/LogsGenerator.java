package dev.drydock.kubelet.program.agnhost;

import dev.drydock.kubelet.program.World;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// Writes lines like those of an api-server, evenly over a time.
final class LogsGenerator {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MMdd HH:mm:ss.SSSSSS", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final List<String> METHODS = List.of("GET", "POST", "PUT");
  private static final List<String> NAMESPACES = List.of("kube-system", "default", "ns");

  private LogsGenerator() {}

  static int run(World world) throws IOException, InterruptedException {
    Flags flags = Flags.of(world);
    int lines = flags.number("log-lines-total", flags.number("t", 0));
    Duration whole = flags.duration("run-duration");
    if (whole.isZero()) {
      whole = flags.duration("d");
    }
    if (lines <= 0) {
      return refuse(world, "Invalid total number of lines: " + lines);
    }
    if (whole.isZero() || whole.isNegative()) {
      return refuse(world, "Invalid duration: " + whole.toSeconds() + "s");
    }
    Duration pause = whole.dividedBy(lines);
    for (int i = 0; i < lines; i++) {
      log(world, 'I', line(i));
      world.sleep(pause);
    }
    return 0;
  }

  private static int refuse(World world, String problem) throws IOException {
    log(world, 'F', problem);
    return 255;
  }

  private static void log(World world, char level, String text) throws IOException {
    String time = TIME.format(world.clock().instant());
    world.complain(level + time + "       1 logs_generator.go:76] " + text);
  }

  private static String line(int number) {
    int mixed = number * 0x9E3779B1;
    String pod = Integer.toString(mixed >>> 16, 36);
    return number
        + " "
        + METHODS.get(Math.floorMod(mixed, METHODS.size()))
        + " /api/v1/namespaces/"
        + NAMESPACES.get(Math.floorMod(mixed >> 4, NAMESPACES.size()))
        + "/pods/"
        + pod
        + " "
        + (200 + Math.floorMod(mixed >> 8, 400));
  }
}
