package dev.drydock.kubelet.kernel.rpc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.drydock.kubelet.network.Connection;
import dev.drydock.kubelet.network.Endpoint;
import dev.drydock.proto.TunnelFrame;
import io.grpc.stub.CallStreamObserver;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// One end of a tunnel as a connection. Frames wait in both directions: the sender for gRPC to be
/// ready, the receiver's only as many as it asked for.
final class TunnelEnd implements Connection {
  /// Frames that the other side may send before we read.
  static final int AHEAD = 8;

  private static final int LARGEST = 32 * 1024;

  private final Endpoint local;
  private final Endpoint remote;
  private final CallStreamObserver<TunnelFrame> out;
  private final BlockingQueue<ByteString> arrived = new LinkedBlockingQueue<>();
  private final Reader reader = new Reader();
  private final Writer writer = new Writer();
  private final Object sending = new Object();

  @GuardedBy("sending")
  private Sending state = Sending.OPEN;

  private enum Sending {
    OPEN,
    /// We sent our end.
    ENDED,
    /// The other side takes no more.
    BROKEN,
    CLOSED
  }

  TunnelEnd(Endpoint local, Endpoint remote, CallStreamObserver<TunnelFrame> out) {
    this.local = local;
    this.remote = remote;
    this.out = out;
  }

  /// gRPC can take more.
  void ready() {
    synchronized (sending) {
      sending.notifyAll();
    }
  }

  /// A frame came; an empty one ends the direction.
  void arrived(ByteString data) {
    arrived.add(data);
  }

  /// The other side is gone: what came can be read, nothing more can be sent.
  void peerGone() {
    arrived.add(ByteString.EMPTY);
    synchronized (sending) {
      if (state == Sending.OPEN || state == Sending.ENDED) {
        state = Sending.BROKEN;
      }
      sending.notifyAll();
    }
  }

  @Override
  public Endpoint local() {
    return local;
  }

  @Override
  public Endpoint remote() {
    return remote;
  }

  @Override
  public InputStream input() {
    return reader;
  }

  @Override
  public OutputStream output() {
    return writer;
  }

  @Override
  public void close() {
    synchronized (sending) {
      if (state == Sending.CLOSED) {
        return;
      }
      state = Sending.CLOSED;
      sending.notifyAll();
      try {
        out.onCompleted();
      } catch (IllegalStateException _) {
        // The call is over already.
      }
    }
    arrived.add(ByteString.EMPTY);
  }

  private void send(byte[] bytes, int from, int length) throws IOException {
    byte[] copy = Arrays.copyOfRange(bytes, from, from + length);
    synchronized (sending) {
      while (state == Sending.OPEN && !out.isReady()) {
        try {
          sending.wait();
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
          throw new InterruptedIOException("interrupted");
        }
      }
      if (state != Sending.OPEN) {
        throw new IOException("Broken pipe");
      }
      emit(UnsafeByteOperations.unsafeWrap(copy));
    }
  }

  @GuardedBy("sending")
  private void emit(ByteString data) throws IOException {
    try {
      out.onNext(TunnelFrame.newBuilder().setData(data).build());
    } catch (IllegalStateException over) {
      state = Sending.BROKEN;
      throw new IOException("Broken pipe", over);
    }
  }

  private final class Writer extends OutputStream {
    @Override
    public void write(int value) throws IOException {
      send(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      for (int done = 0; done < length; done += LARGEST) {
        send(bytes, from + done, Math.min(LARGEST, length - done));
      }
    }

    @Override
    public void close() throws IOException {
      synchronized (sending) {
        if (state == Sending.OPEN) {
          emit(ByteString.EMPTY);
          state = Sending.ENDED;
        }
      }
    }
  }

  /// Read by one thread at a time.
  private final class Reader extends InputStream {
    private ByteString current = ByteString.EMPTY;
    private int offset;
    private volatile boolean ended;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      if (ended) {
        return -1;
      }
      if (offset == current.size()) {
        current = next();
        offset = 0;
        if (current.isEmpty()) {
          ended = true;
          return -1;
        }
      }
      int count = Math.min(length, current.size() - offset);
      current.substring(offset, offset + count).copyTo(into, from);
      offset += count;
      return count;
    }

    private ByteString next() throws IOException {
      try {
        ByteString data = arrived.take();
        if (!data.isEmpty()) {
          out.request(1);
        }
        return data;
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      }
    }

    @Override
    public int available() {
      return current.size() - offset;
    }

    @Override
    public void close() {
      ended = true;
      arrived.add(ByteString.EMPTY);
    }
  }
}
