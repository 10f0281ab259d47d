package dev.drydock.kubelet.program.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.kubelet.files.FileErrors;
import dev.drydock.kubelet.files.FileSystem;
import dev.drydock.kubelet.files.Volume.WriteMode;
import dev.drydock.kubelet.program.Streams;
import dev.drydock.kubelet.program.World;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/// Opens what redirects name.
final class Redirects {
  private final World world;
  private final ShellState state;
  private final Expander expander;

  Redirects(World world, ShellState state, Expander expander) {
    this.world = world;
    this.state = state;
    this.expander = expander;
  }

  /// @throws IOException whose message is what the shell says
  Streams apply(List<Node.Redirect> redirects, Streams io)
      throws IOException, InterruptedException {
    Streams current = io;
    for (Node.Redirect redirect : redirects) {
      current = apply(redirect, current);
    }
    return current;
  }

  private Streams apply(Node.Redirect redirect, Streams io)
      throws IOException, InterruptedException {
    String target = expander.text(redirect.target(), io);
    return switch (redirect.operator()) {
      case "<" -> io.withIn(input(target));
      case "<<", "<<-" -> io.withIn(new ByteArrayInputStream(target.getBytes(UTF_8)));
      case "<<<" -> io.withIn(new ByteArrayInputStream((target + "\n").getBytes(UTF_8)));
      case ">&" -> duplicate(redirect.descriptor(), target, io);
      case "<&" -> io;
      case "&>", "&>>" -> {
        boolean append = redirect.operator().endsWith(">>");
        OutputStream both = output(target, append ? WriteMode.APPEND : WriteMode.REPLACE, io);
        yield io.withOut(both).withErr(both);
      }
      default -> {
        boolean append = redirect.operator().equals(">>");
        OutputStream out = output(target, append ? WriteMode.APPEND : WriteMode.REPLACE, io);
        yield redirect.descriptor() == 2 ? io.withErr(out) : io.withOut(out);
      }
    };
  }

  private static Streams duplicate(int from, String to, Streams io) {
    OutputStream source =
        switch (to) {
          case "2" -> io.err();
          case "-" -> OutputStream.nullOutputStream();
          default -> io.out();
        };
    return from == 2 ? io.withErr(source) : io.withOut(source);
  }

  private InputStream input(String target) throws IOException {
    String path = FileSystem.normal(state.directory, target);
    if (path.equals("/dev/null")) {
      return InputStream.nullInputStream();
    }
    try {
      return new ByteArrayInputStream(world.files().read(path));
    } catch (IOException e) {
      throw new IOException("can't open " + target + ": " + FileErrors.text(e), e);
    }
  }

  private OutputStream output(String target, WriteMode mode, Streams io) throws IOException {
    String path = FileSystem.normal(state.directory, target);
    try {
      return switch (path) {
        case "/dev/null" -> OutputStream.nullOutputStream();
        case "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1" -> io.out();
        case "/dev/stderr", "/dev/fd/2", "/proc/self/fd/2" -> io.err();
        case "/proc/1/fd/1" -> world.processes().output(1).orElse(io.out());
        default -> new FileOutput(world.files(), path, mode);
      };
    } catch (IOException e) {
      throw new IOException("can't create " + target + ": " + FileErrors.text(e), e);
    }
  }
}
