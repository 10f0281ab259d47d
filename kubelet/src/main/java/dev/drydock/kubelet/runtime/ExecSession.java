package dev.drydock.kubelet.runtime;

import dev.drydock.kubelet.network.BytePipe;
import dev.drydock.kubelet.program.Streams;
import dev.drydock.kubelet.program.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/// A process that was started in a running container for somebody outside of it.
public final class ExecSession implements Session {
  private final ContainerRuntime runtime;
  private final ContainerId id;
  private final List<String> command;
  private final Keys keys;
  private final Streams streams;

  /// What the process reads.
  private sealed interface Keys {

    record Nothing() implements Keys {}

    record Pipe(BytePipe pipe) implements Keys {}

    record Typed(Terminal terminal) implements Keys {}
  }

  private ExecSession(
      ContainerRuntime runtime, ContainerId id, List<String> command, Keys keys, Streams streams) {
    this.runtime = runtime;
    this.id = id;
    this.command = List.copyOf(command);
    this.keys = keys;
    this.streams = streams;
  }

  /// With pipes, or without a standard input.
  ///
  /// @param input of the process
  public static ExecSession plain(
      ContainerRuntime runtime,
      ContainerId id,
      List<String> command,
      ContainerSpec.Console.Input input,
      Streams outputs) {
    if (input == ContainerSpec.Console.Input.CLOSED) {
      Streams streams = outputs.withIn(InputStream.nullInputStream());
      return new ExecSession(runtime, id, command, new Keys.Nothing(), streams);
    }
    BytePipe pipe = new BytePipe();
    Streams streams = outputs.withIn(pipe.input());
    return new ExecSession(runtime, id, command, new Keys.Pipe(pipe), streams);
  }

  /// At a terminal of its own.
  public static ExecSession atTerminal(
      ContainerRuntime runtime, ContainerId id, List<String> command, OutputStream screen) {
    Terminal terminal = new Terminal(screen);
    return new ExecSession(runtime, id, command, new Keys.Typed(terminal), terminal.streams());
  }

  @Override
  public int run() throws StartFailure, InterruptedException {
    return runtime.exec(id, command, streams);
  }

  @Override
  public void input(byte[] bytes) throws IOException {
    switch (keys) {
      case Keys.Nothing() -> {}
      case Keys.Pipe(BytePipe pipe) -> pipe.output().write(bytes);
      case Keys.Typed(Terminal terminal) -> terminal.type(bytes);
    }
  }

  @Override
  public void endInput() throws IOException {
    switch (keys) {
      case Keys.Nothing() -> {}
      case Keys.Pipe(BytePipe pipe) -> pipe.end();
      case Keys.Typed(Terminal terminal) -> terminal.endOfInput();
    }
  }

  @Override
  public void resize(Terminal.Size size) {
    if (keys instanceof Keys.Typed(Terminal terminal)) {
      terminal.resize(size);
    }
  }

  @Override
  public void close() {
    switch (keys) {
      case Keys.Nothing() -> {}
      case Keys.Pipe(BytePipe pipe) -> pipe.end();
      case Keys.Typed(Terminal terminal) -> terminal.hangUp();
    }
  }
}
