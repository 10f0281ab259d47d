package dev.drydock.kubelet.program.terminal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.kubelet.program.Signal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The line that is being typed: echo, corrections, control keys. Used by one thread at a time.
public final class LineEditor {
  private static final int BACKSPACE = 8;
  private static final int DELETE = 127;
  private static final int END_OF_FILE = 4;
  private static final int ERASE_LINE = 21;
  private static final int ERASE_WORD = 23;
  private static final int ESCAPE = 27;
  private static final int LONGEST = 4096;
  private static final int REMEMBERED = 200;

  private final Screen screen;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final ByteArrayOutputStream escape = new ByteArrayOutputStream();
  private final List<String> earlier = new ArrayList<>();
  private int recalled;
  private volatile Memory memory = Memory.OFF;

  /// Whether lines can be called back.
  public enum Memory {
    ON,
    OFF
  }

  /// What a key did.
  sealed interface Effect {

    /// It only changed the line.
    record Nothing() implements Effect {}

    /// The line can be read now; empty: the end of the input.
    @SuppressWarnings("ArrayRecordComponent")
    record Line(byte[] bytes) implements Effect {}

    /// The line was thrown away, and a signal goes to the foreground.
    record Sent(Signal signal) implements Effect {}
  }

  private static final Effect NOTHING = new Effect.Nothing();

  LineEditor(Screen screen) {
    this.screen = screen;
  }

  void remembering(Memory wanted) {
    memory = wanted;
  }

  /// Whatever has been typed of a line.
  byte[] take() {
    byte[] rest = line.toByteArray();
    line.reset();
    return rest;
  }

  Effect typed(byte key) throws IOException {
    if (escape.size() > 0) {
      return escaped(key);
    }
    return switch (key & 0xff) {
      case '\r', '\n' -> entered();
      case 3 -> thrownAway(Signal.INT, "^C\r\n");
      case 28 -> thrownAway(Signal.QUIT, "^\\\r\n");
      case END_OF_FILE -> new Effect.Line(take());
      case BACKSPACE, DELETE -> {
        eraseLast();
        yield NOTHING;
      }
      case ERASE_LINE -> {
        eraseAll();
        yield NOTHING;
      }
      case ERASE_WORD -> {
        eraseWord();
        yield NOTHING;
      }
      case ESCAPE -> {
        escape.write(key);
        yield NOTHING;
      }
      default -> plain(key);
    };
  }

  private Effect plain(byte key) throws IOException {
    if (line.size() >= LONGEST) {
      return NOTHING;
    }
    boolean control = (key & 0xff) < ' ' && key != '\t';
    if (control && memory == Memory.ON) {
      return NOTHING;
    }
    line.write(key);
    screen.raw(control ? new byte[] {'^', (byte) (key + '@')} : new byte[] {key});
    return NOTHING;
  }

  private Effect entered() throws IOException {
    screen.raw("\r\n".getBytes(US_ASCII));
    if (memory == Memory.ON && line.size() > 0) {
      String text = line.toString(UTF_8);
      if (earlier.isEmpty() || !earlier.getLast().equals(text)) {
        earlier.add(text);
      }
      if (earlier.size() > REMEMBERED) {
        earlier.removeFirst();
      }
    }
    recalled = earlier.size();
    line.write('\n');
    return new Effect.Line(take());
  }

  private Effect thrownAway(Signal signal, String shown) throws IOException {
    line.reset();
    recalled = earlier.size();
    screen.raw(shown.getBytes(US_ASCII));
    return new Effect.Sent(signal);
  }

  /// Arrow keys and the like come as several bytes: `ESC [ A`, `ESC O A`, `ESC [ 3 ~`.
  private Effect escaped(byte key) throws IOException {
    escape.write(key);
    boolean introduced = escape.size() == 2 && (key == '[' || key == 'O');
    boolean goesOn = escape.size() > 2 && (Character.isDigit(key) || key == ';');
    if (introduced || goesOn) {
      return NOTHING;
    }
    escape.reset();
    if (memory == Memory.ON && key == 'A' && recalled > 0) {
      recall(recalled - 1);
    } else if (memory == Memory.ON && key == 'B' && recalled < earlier.size()) {
      recall(recalled + 1);
    }
    return NOTHING;
  }

  private void recall(int index) throws IOException {
    eraseAll();
    recalled = index;
    byte[] text = index < earlier.size() ? earlier.get(index).getBytes(UTF_8) : new byte[0];
    line.writeBytes(text);
    screen.raw(text);
  }

  private void eraseLast() throws IOException {
    String text = line.toString(UTF_8);
    if (!text.isEmpty()) {
      keep(text.substring(0, text.offsetByCodePoints(text.length(), -1)), 1);
    }
  }

  private void eraseAll() throws IOException {
    String text = line.toString(UTF_8);
    keep("", text.codePointCount(0, text.length()));
  }

  private void eraseWord() throws IOException {
    String text = line.toString(UTF_8);
    String kept = text.replaceFirst("\\S*\\s*$", "");
    keep(kept, text.codePointCount(kept.length(), text.length()));
  }

  private void keep(String text, int erased) throws IOException {
    line.reset();
    line.writeBytes(text.getBytes(UTF_8));
    screen.raw("\b \b".repeat(erased).getBytes(US_ASCII));
  }
}
