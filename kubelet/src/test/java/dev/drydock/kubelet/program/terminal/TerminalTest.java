package dev.drydock.kubelet.program.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.kubelet.program.Signal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TerminalTest {
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final Terminal terminal = new Terminal(screen);
  private final InputStream in = terminal.streams().in();

  private void type(String text) throws IOException {
    terminal.type(text.getBytes(UTF_8));
  }

  private String read() throws IOException {
    byte[] buffer = new byte[100];
    int count = in.read(buffer);
    return count < 0 ? "EOF" : new String(buffer, 0, count, UTF_8);
  }

  @Test
  void aLineIsEchoedAndCanBeReadWhenItIsComplete() throws IOException {
    type("ls");
    assertThat(in.available()).isZero();
    type(" -l\r");
    assertThat(read()).isEqualTo("ls -l\n");
    assertThat(screen.toString(UTF_8)).isEqualTo("ls -l\r\n");
  }

  @Test
  void backspaceErasesACharacterNotAByte() throws IOException {
    type("zä\u007fx\n");
    assertThat(read()).isEqualTo("zx\n");
    assertThat(screen.toString(UTF_8)).isEqualTo("zä\b \bx\r\n");
  }

  @Test
  void wordsAndLinesCanBeErased() throws IOException {
    type("one two\u0017three\n");
    assertThat(read()).isEqualTo("one three\n");
    type("wrong\u0015right\n");
    assertThat(read()).isEqualTo("right\n");
  }

  @Test
  void controlDEndsTheInputOnceOnAnEmptyLine() throws IOException {
    type("\u0004");
    assertThat(read()).isEqualTo("EOF");
    type("more\n");
    assertThat(read()).isEqualTo("more\n");
  }

  @Test
  void controlCThrowsTheLineAwayAndSignalsTheForeground() throws IOException {
    List<Signal> signals = new ArrayList<>();
    terminal.controls(signals::add);
    type("half a li\u0003next\n");
    assertThat(signals).containsExactly(Signal.INT);
    assertThat(read()).isEqualTo("next\n");
    assertThat(screen.toString(UTF_8)).isEqualTo("half a li^C\r\nnext\r\n");
  }

  @Test
  void controlCWakesAReader() throws Exception {
    var failure = new AtomicReference<@Nullable Throwable>();
    var reading = new CountDownLatch(1);
    Thread reader =
        Thread.ofVirtual()
            .start(
                () -> {
                  reading.countDown();
                  try {
                    in.read();
                  } catch (IOException e) {
                    failure.set(e);
                  }
                });
    reading.await();
    while (reader.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    type("\u0003");
    reader.join();
    assertThat(failure.get()).isInstanceOf(Terminal.Interrupted.class);
  }

  @Test
  void linesTypedAtAPromptCanBeCalledBack() throws IOException {
    terminal.remembering(LineEditor.Memory.ON);
    type("first\nsecond\n");
    read();
    read();
    type("\u001b[A\u001b[A\n");
    assertThat(read()).isEqualTo("first\n");
  }

  @Test
  void aHangUpEndsTheInputAndTellsTheForegroundOnce() throws IOException {
    List<Signal> signals = new ArrayList<>();
    terminal.controls(signals::add);
    terminal.hangUp();
    terminal.hangUp();
    assertThat(signals).containsExactly(Signal.HUP);
    assertThat(read()).isEqualTo("EOF");
  }

  @Test
  void whatAProgramPrintsBeginsEachLineAtTheLeft() throws IOException {
    terminal.streams().out().write("a\nb\n".getBytes(UTF_8));
    assertThat(screen.toString(UTF_8)).isEqualTo("a\r\nb\r\n");
  }

  @Test
  void programsCanTellATerminalFromAPipe() {
    assertThat(Terminal.behind(in)).contains(terminal);
    assertThat(Terminal.behind(InputStream.nullInputStream())).isEmpty();
    assertThatThrownBy(() -> new Terminal(brokenSink()).type("x".getBytes(UTF_8)))
        .isInstanceOf(IOException.class);
  }

  private static java.io.OutputStream brokenSink() {
    return new java.io.OutputStream() {
      @Override
      public void write(int value) throws IOException {
        throw new IOException("Broken pipe");
      }
    };
  }
}
