package dev.drydock.kubelet.program.terminal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.drydock.kubelet.program.Signal;
import dev.drydock.kubelet.program.Streams;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// A pseudo terminal. On one side somebody types and looks at the screen; on the other a program
/// reads lines and prints. Safe for many threads.
public final class Terminal {
  private static final int MOST_LINES_AHEAD = 256;

  private final Screen screen;
  private final LineEditor editor;
  private final Keyboard keyboard = new Keyboard();
  private final AtomicReference<Size> size = new AtomicReference<>(Size.USUAL);
  private final AtomicReference<Consumer<Signal>> foreground =
      new AtomicReference<>(Terminal::nobody);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /// What programs may read; an empty one is an end of file.
  @GuardedBy("lock")
  private final ArrayDeque<byte[]> lines = new ArrayDeque<>(2);

  @GuardedBy("lock")
  private int offset;

  @GuardedBy("lock")
  private int interrupts;

  @GuardedBy("lock")
  private boolean hungUp;

  /// In characters.
  public record Size(int columns, int rows) {
    public static final Size USUAL = new Size(80, 24);
  }

  /// A reader was woken by an interrupt from the keyboard.
  public static final class Interrupted extends InterruptedIOException {
    private static final long serialVersionUID = 1L;

    Interrupted() {
      super("interrupted from the keyboard");
    }
  }

  /// @param sink where everything that is to be seen goes; may block
  public Terminal(OutputStream sink) {
    this.screen = new Screen(sink);
    this.editor = new LineEditor(screen);
  }

  /// The terminal behind a stream, if it is one: what `isatty` asks.
  public static Optional<Terminal> behind(InputStream in) {
    return in instanceof Keyboard keyboard ? Optional.of(keyboard.terminal()) : Optional.empty();
  }

  /// The terminal behind a stream, if it is one.
  public static Optional<Terminal> behind(OutputStream out) {
    return out instanceof Output output ? Optional.of(output.terminal()) : Optional.empty();
  }

  /// What a program gets that sits at this terminal.
  public Streams streams() {
    Output out = new Output();
    return new Streams(keyboard, out, out);
  }

  /// @param receiver of signals from the keyboard, and of a hang-up; must not block
  public void controls(Consumer<Signal> receiver) {
    foreground.set(receiver);
  }

  public Size size() {
    return size.get();
  }

  public void resize(Size wanted) {
    size.set(wanted);
  }

  /// Lines that are typed from now on can be called back with the arrow keys: what a shell does
  /// at its prompt.
  public void remembering(LineEditor.Memory memory) {
    editor.remembering(memory);
  }

  /// Somebody typed. Waits when nobody has read for long.
  public void type(byte[] bytes) throws IOException {
    for (byte one : bytes) {
      switch (editor.typed(one)) {
        case LineEditor.Effect.Nothing() -> {}
        case LineEditor.Effect.Line(byte[] line) -> offer(line);
        case LineEditor.Effect.Sent(Signal signal) -> interrupt(signal);
      }
    }
  }

  /// Nobody sits here any more: readers see the end, and the foreground is told.
  public void hangUp() {
    lock.lock();
    try {
      if (hungUp) {
        return;
      }
      hungUp = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    foreground.get().accept(Signal.HUP);
  }

  /// No more will be typed: programs read what there is, and then the end.
  public void endOfInput() throws IOException {
    byte[] rest = editor.take();
    if (rest.length > 0) {
      offer(rest);
    }
    lock.lock();
    try {
      hungUp = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void offer(byte[] line) throws InterruptedIOException {
    lock.lock();
    try {
      while (lines.size() >= MOST_LINES_AHEAD && !hungUp) {
        await();
      }
      lines.add(line);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void interrupt(Signal signal) {
    lock.lock();
    try {
      lines.clear();
      offset = 0;
      interrupts++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    foreground.get().accept(signal);
  }

  private int read(byte[] into, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    lock.lock();
    try {
      int before = interrupts;
      while (lines.isEmpty() && !hungUp) {
        await();
        if (interrupts != before) {
          throw new Interrupted();
        }
      }
      byte[] first = lines.peek();
      if (first == null) {
        return -1;
      }
      int count = Math.min(length, first.length - offset);
      System.arraycopy(first, offset, into, from, count);
      offset += count;
      if (offset == first.length) {
        lines.remove();
        offset = 0;
        changed.signalAll();
      }
      return count == 0 ? -1 : count;
    } finally {
      lock.unlock();
    }
  }

  // Every caller loops.
  @SuppressWarnings("WaitNotInLoop")
  @GuardedBy("lock")
  private void await() throws InterruptedIOException {
    try {
      changed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private int availableNow() {
    lock.lock();
    try {
      byte[] first = lines.peek();
      return first == null ? 0 : first.length - offset;
    } finally {
      lock.unlock();
    }
  }

  private static void nobody(Signal signal) {
    // Nobody runs here (yet).
  }

  private final class Keyboard extends InputStream {
    Terminal terminal() {
      return Terminal.this;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return Terminal.this.read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      return Terminal.this.read(into, from, length);
    }

    @Override
    public int available() {
      return availableNow();
    }
  }

  /// What a program prints: a line's end becomes carriage return and line feed.
  private final class Output extends OutputStream {
    Terminal terminal() {
      return Terminal.this;
    }

    @Override
    public void write(int value) throws IOException {
      screen.show(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      screen.show(bytes, from, length);
    }
  }
}
