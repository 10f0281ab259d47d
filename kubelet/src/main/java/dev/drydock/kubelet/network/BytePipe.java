package dev.drydock.kubelet.network;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Bytes from one thread to another, bounded, keeping the writer's chunks apart (so that a datagram
/// stays one). Costs next to nothing while idle.
public final class BytePipe {
  private static final int CAPACITY = 64 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  @GuardedBy("lock")
  private final ArrayDeque<byte[]> chunks = new ArrayDeque<>(2);

  @GuardedBy("lock")
  private int offset;

  @GuardedBy("lock")
  private int size;

  @GuardedBy("lock")
  private State state = State.OPEN;

  private enum State {
    OPEN,
    ENDED,
    BROKEN
  }

  /// The reading end. Closing it breaks the pipe.
  public InputStream input() {
    return new Reader();
  }

  /// The writing end. Closing it ends the pipe: what was written can still be read.
  public OutputStream output() {
    return new Writer();
  }

  /// Throws away what is underway; readers see the end, writers an exception.
  public void breakOff() {
    lock.lock();
    try {
      state = State.BROKEN;
      chunks.clear();
      size = 0;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// No more will be written.
  public void end() {
    lock.lock();
    try {
      if (state == State.OPEN) {
        state = State.ENDED;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void write(byte[] bytes, int from, int length) throws IOException {
    if (length == 0) {
      return;
    }
    byte[] chunk = Arrays.copyOfRange(bytes, from, from + length);
    lock.lock();
    try {
      while (state == State.OPEN && size >= CAPACITY) {
        await();
      }
      if (state != State.OPEN) {
        throw new IOException("Broken pipe");
      }
      chunks.add(chunk);
      size += length;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private int read(byte[] into, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    lock.lock();
    try {
      while (state == State.OPEN && size == 0) {
        await();
      }
      byte[] first = chunks.peek();
      if (first == null) {
        return -1;
      }
      int count = Math.min(length, first.length - offset);
      System.arraycopy(first, offset, into, from, count);
      offset += count;
      size -= count;
      if (offset == first.length) {
        chunks.remove();
        offset = 0;
      }
      changed.signalAll();
      return count;
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
      return size;
    } finally {
      lock.unlock();
    }
  }

  private final class Reader extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return BytePipe.this.read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      return BytePipe.this.read(into, from, length);
    }

    @Override
    public int available() {
      return availableNow();
    }

    @Override
    public void close() {
      breakOff();
    }
  }

  private final class Writer extends OutputStream {
    @Override
    public void write(int value) throws IOException {
      BytePipe.this.write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      BytePipe.this.write(bytes, from, length);
    }

    @Override
    public void close() {
      end();
    }
  }
}
