package dev.drydock.kubelet.program.command;

import dev.drydock.kubelet.program.Program;
import dev.drydock.kubelet.program.World;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;

/// `hexdump`: bytes as hexadecimal numbers, sixteen a line; `-C` one by one with their characters,
/// `-n` so many at most, `-v` lines that repeat too.
final class HexDump implements Program {
  private static final int WIDTH = 16;

  /// Two digits and a space for each byte, and one more space in the middle.
  private static final int CANONICAL = 3 * WIDTH + 1;

  @Override
  public int run(World world) throws IOException, InterruptedException {
    Arguments arguments = Arguments.parse(world.arguments(), Set.of("n", "s"));
    return Inputs.each(
        world,
        arguments.operands(),
        (_, content) -> {
          int length = Math.min(content.length, arguments.number("n", content.length));
          dump(world, Arrays.copyOf(content, length), arguments);
          return 0;
        });
  }

  private static void dump(World world, byte[] content, Arguments arguments) throws IOException {
    boolean canonical = arguments.has("C");
    byte[] before = {};
    boolean starred = false;
    for (int at = 0; at < content.length; at += WIDTH) {
      byte[] line = Arrays.copyOfRange(content, at, Math.min(content.length, at + WIDTH));
      boolean repeats = Arrays.equals(line, before) && !arguments.has("v");
      if (!repeats) {
        world.print(canonical ? canonical(at, line) : words(at, line));
      } else if (!starred) {
        world.print("*");
      }
      starred = repeats;
      before = line;
    }
    if (content.length > 0) {
      world.print((canonical ? "%08x" : "%07x").formatted(content.length));
    }
  }

  private static String canonical(int at, byte[] line) {
    StringBuilder numbers = new StringBuilder();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < line.length; i++) {
      numbers.append("%02x ".formatted(line[i] & 0xff)).append(i == WIDTH / 2 - 1 ? " " : "");
      text.append(line[i] >= ' ' && line[i] < 0x7f ? (char) line[i] : '.');
    }
    return ("%08x  %-" + CANONICAL + "s |%s|").formatted(at, numbers, text);
  }

  /// Two bytes a number, the lesser first.
  private static String words(int at, byte[] line) {
    StringBuilder numbers = new StringBuilder("%07x".formatted(at));
    for (int i = 0; i < line.length; i += 2) {
      int high = i + 1 < line.length ? line[i + 1] & 0xff : 0;
      numbers.append(" %02x%02x".formatted(high, line[i] & 0xff));
    }
    return "%-47s".formatted(numbers);
  }
}
