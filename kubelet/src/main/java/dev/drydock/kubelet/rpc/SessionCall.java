package dev.drydock.kubelet.rpc;

import com.google.protobuf.ByteString;
import dev.drydock.kubelet.program.Streams;
import dev.drydock.kubelet.program.terminal.Terminal;
import dev.drydock.kubelet.runtime.Session;
import dev.drydock.kubelet.runtime.StartFailure;
import dev.drydock.proto.SessionEnd;
import dev.drydock.proto.SessionInput;
import dev.drydock.proto.SessionOutput;
import dev.drydock.proto.SessionStart;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.InputStream;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// One call of `Exec` or `Attach`: a thread runs the session, another brings what is typed. Frames
/// are asked for as they are used, so that neither side runs ahead.
final class SessionCall implements StreamObserver<SessionInput> {
  private static final int AHEAD = 8;

  private final ServerCallStreamObserver<SessionOutput> out;
  private final Opener opener;
  private final SessionSink sink;
  private final BlockingQueue<Key> keys = new LinkedBlockingQueue<>();
  private volatile @Nullable Session session;

  /// How a session comes about.
  interface Opener {
    /// @throws NoSuchElementException when there is no such container, or it does not run
    Session open(SessionStart start, Streams outputs);
  }

  private sealed interface Key {

    record Typed(ByteString bytes) implements Key {}

    record Resized(Terminal.Size size) implements Key {}

    record Gone() implements Key {}
  }

  private SessionCall(ServerCallStreamObserver<SessionOutput> out, Opener opener) {
    this.out = out;
    this.opener = opener;
    this.sink = new SessionSink(out);
  }

  static StreamObserver<SessionInput> begin(
      StreamObserver<SessionOutput> responses, Opener opener) {
    var out = (ServerCallStreamObserver<SessionOutput>) responses;
    out.disableAutoRequest();
    var call = new SessionCall(out, opener);
    out.setOnReadyHandler(call.sink::ready);
    out.setOnCancelHandler(call::left);
    out.request(1);
    return call;
  }

  @Override
  public void onNext(SessionInput frame) {
    switch (frame.getFrameCase()) {
      case START -> start(frame.getStart());
      case STDIN -> keys.add(new Key.Typed(frame.getStdin()));
      case RESIZE ->
          keys.add(
              new Key.Resized(
                  new Terminal.Size(frame.getResize().getWidth(), frame.getResize().getHeight())));
      case FRAME_NOT_SET ->
          out.onError(Status.INVALID_ARGUMENT.withDescription("empty frame").asRuntimeException());
    }
  }

  @Override
  public void onError(Throwable problem) {
    left();
  }

  @Override
  public void onCompleted() {
    keys.add(new Key.Typed(ByteString.EMPTY));
  }

  private void left() {
    sink.close();
    keys.add(new Key.Gone());
    Session present = session;
    if (present != null) {
      present.close();
    }
  }

  private void start(SessionStart start) {
    try {
      Session opened = opener.open(start, outputs(start));
      session = opened;
      out.request(AHEAD);
      String pod = start.getTarget().getPod();
      Thread typing = Thread.ofVirtual().name("typing " + pod).start(() -> type(opened));
      Thread.ofVirtual().name("session " + pod).start(() -> run(start, opened, typing));
    } catch (NoSuchElementException none) {
      out.onError(noContainer(start));
    }
  }

  private static StatusRuntimeException noContainer(SessionStart start) {
    return Status.NOT_FOUND
        .withDescription("container not found (\"" + start.getTarget().getContainer() + "\")")
        .asRuntimeException();
  }

  private Streams outputs(SessionStart start) {
    Streams none = Streams.NONE;
    return new Streams(
        InputStream.nullInputStream(),
        start.getStdout() ? sink.stream(SessionSink.Voice.OUT) : none.out(),
        start.getStderr() ? sink.stream(SessionSink.Voice.ERR) : none.err());
  }

  @SuppressWarnings("try") // Closing it is how the session learns that nobody sits there.
  private void run(SessionStart start, Session running, Thread typing) {
    try (running) {
      sink.end(SessionEnd.newBuilder().setExitCode(running.run()).build());
    } catch (StartFailure failure) {
      sink.end(SessionEnd.newBuilder().setFailure(String.valueOf(failure.getMessage())).build());
    } catch (NoSuchElementException ended) {
      out.onError(noContainer(start));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      typing.interrupt();
    }
  }

  private void type(Session to) {
    try {
      for (Key key = keys.take(); ; key = keys.take()) {
        switch (key) {
          case Key.Gone() -> {
            return;
          }
          case Key.Resized(Terminal.Size size) -> to.resize(size);
          case Key.Typed(ByteString bytes) -> {
            if (bytes.isEmpty()) {
              to.endInput();
            } else {
              enter(to, bytes);
            }
          }
        }
        out.request(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // Nobody reads any more: what is typed goes nowhere until the process ends.
    }
  }

  /// A process that no longer reads does not stop the rest.
  private static void enter(Session to, ByteString bytes) throws IOException {
    try {
      to.input(bytes.toByteArray());
    } catch (java.io.InterruptedIOException e) {
      throw e;
    } catch (IOException closed) {
      // Its standard input is closed.
    }
  }
}
