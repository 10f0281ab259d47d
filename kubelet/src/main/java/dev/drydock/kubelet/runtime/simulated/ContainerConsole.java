package dev.drydock.kubelet.runtime.simulated;

import dev.drydock.kubelet.network.BytePipe;
import dev.drydock.kubelet.program.ProcessTable;
import dev.drydock.kubelet.program.Signal;
import dev.drydock.kubelet.program.Streams;
import dev.drydock.kubelet.program.Task;
import dev.drydock.kubelet.program.terminal.Terminal;
import dev.drydock.kubelet.runtime.ContainerSpec.Console;
import dev.drydock.kubelet.runtime.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// The standard streams of a container's first process: what it prints goes to the log and to all
/// who have attached; what they type, to it.
final class ContainerConsole {
  private final Console kind;
  private final List<Seat> seats = new CopyOnWriteArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final @Nullable Terminal terminal;
  private final @Nullable BytePipe pipe;
  private final Streams streams;
  private volatile int exitCode;

  /// @param out and err: the log
  ContainerConsole(Console kind, OutputStream out, OutputStream err) {
    this.kind = kind;
    boolean open = kind.input() != Console.Input.CLOSED;
    if (kind.kind() == Console.Kind.TERMINAL) {
      Terminal made = new Terminal(new Printed(out, Voice.OUT));
      this.terminal = made;
      this.pipe = null;
      Streams all = made.streams();
      this.streams = open ? all : all.withIn(InputStream.nullInputStream());
    } else {
      BytePipe made = open ? new BytePipe() : null;
      this.terminal = null;
      this.pipe = made;
      this.streams =
          new Streams(
              made == null ? InputStream.nullInputStream() : made.input(),
              new Printed(out, Voice.OUT),
              new Printed(err, Voice.ERR));
    }
  }

  private enum Voice {
    OUT,
    ERR
  }

  Streams streams() {
    return streams;
  }

  Session attach(Streams outputs) {
    Seat seat = new Seat(outputs);
    seats.add(seat);
    return seat;
  }

  /// The first process has ended.
  void end(int code) {
    exitCode = code;
    ended.countDown();
    seats.clear();
  }

  /// Sends what is typed as signals to a process and all that came of it.
  static void control(Streams streams, ProcessTable processes, Task first) {
    Terminal.behind(streams.in())
        .or(() -> Terminal.behind(streams.out()))
        .ifPresent(it -> it.controls(signal -> toFamily(processes, first, signal)));
  }

  private static void toFamily(ProcessTable processes, Task first, Signal signal) {
    for (Task task : processes.list()) {
      if (descends(processes, task, first.pid())) {
        task.signal(signal);
      }
    }
  }

  private static boolean descends(ProcessTable processes, Task task, int ancestor) {
    Task one = task;
    while (one != null && one.pid() != ancestor) {
      one = processes.find(one.parent()).orElse(null);
    }
    return one != null;
  }

  /// To the log, and to everybody who sits here.
  private final class Printed extends OutputStream {
    private final OutputStream log;
    private final Voice voice;

    Printed(OutputStream log, Voice voice) {
      this.log = log;
      this.voice = voice;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      log.write(bytes, from, length);
      for (Seat seat : seats) {
        seat.see(voice, bytes, from, length);
      }
    }
  }

  /// Somebody who has attached.
  private final class Seat implements Session {
    private final Streams outputs;

    Seat(Streams outputs) {
      this.outputs = outputs;
    }

    void see(Voice voice, byte[] bytes, int from, int length) {
      OutputStream to = voice == Voice.OUT ? outputs.out() : outputs.err();
      try {
        to.write(bytes, from, length);
        to.flush();
      } catch (IOException gone) {
        seats.remove(this);
      }
    }

    @Override
    public int run() throws InterruptedException {
      ended.await();
      return exitCode;
    }

    @Override
    public void input(byte[] bytes) throws IOException {
      if (kind.input() == Console.Input.CLOSED) {
        return;
      }
      if (terminal != null) {
        terminal.type(bytes);
      } else if (pipe != null) {
        pipe.output().write(bytes);
      }
    }

    @Override
    public void endInput() throws IOException {
      if (kind.input() != Console.Input.ONCE) {
        return;
      }
      if (terminal != null) {
        terminal.endOfInput();
      } else if (pipe != null) {
        pipe.end();
      }
    }

    @Override
    public void resize(Terminal.Size size) {
      if (terminal != null) {
        terminal.resize(size);
      }
    }

    /// The container goes on; its input ends where it was meant for one only.
    @Override
    public void close() {
      seats.remove(this);
      try {
        endInput();
      } catch (IOException e) {
        // It takes no more input, which is what was wanted.
      }
    }
  }
}
