package dev.drydock.kubelet.rpc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.google.protobuf.ByteString;
import dev.drydock.proto.SessionEnd;
import dev.drydock.proto.SessionOutput;
import io.grpc.stub.ServerCallStreamObserver;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What a process prints, on its way to the caller. A writer waits while the caller takes nothing;
/// when the caller has gone, it hears of a broken pipe.
final class SessionSink {
  private static final int LARGEST = 32 * 1024;

  private final ServerCallStreamObserver<SessionOutput> out;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();

  @GuardedBy("lock")
  private boolean closed;

  /// Which of the two streams.
  enum Voice {
    OUT,
    ERR
  }

  SessionSink(ServerCallStreamObserver<SessionOutput> out) {
    this.out = out;
  }

  OutputStream stream(Voice voice) {
    return new Stream(voice);
  }

  /// The caller can take more.
  void ready() {
    lock.lock();
    try {
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// The caller has gone.
  void close() {
    lock.lock();
    try {
      closed = true;
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// The last word.
  void end(SessionEnd end) {
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        out.onNext(SessionOutput.newBuilder().setEnd(end).build());
        out.onCompleted();
      }
    } finally {
      lock.unlock();
    }
  }

  private void send(Voice voice, byte[] bytes, int from, int length) throws IOException {
    ByteString data = ByteString.copyFrom(bytes, from, length);
    lock.lock();
    try {
      while (!closed && !out.isReady()) {
        try {
          room.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new InterruptedIOException("interrupted");
        }
      }
      if (closed) {
        throw new IOException("Broken pipe");
      }
      out.onNext(
          switch (voice) {
            case OUT -> SessionOutput.newBuilder().setStdout(data).build();
            case ERR -> SessionOutput.newBuilder().setStderr(data).build();
          });
    } finally {
      lock.unlock();
    }
  }

  private final class Stream extends OutputStream {
    private final Voice voice;

    Stream(Voice voice) {
      this.voice = voice;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      for (int done = 0; done < length; done += LARGEST) {
        send(voice, bytes, from + done, Math.min(LARGEST, length - done));
      }
    }
  }
}
