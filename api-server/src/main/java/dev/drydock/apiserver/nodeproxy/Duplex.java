package dev.drydock.apiserver.nodeproxy;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A call with a stream each way, as blocking code uses it. Neither side runs ahead of the other:
/// sending waits until the transport takes more, and only a few answers are asked for in advance.
final class Duplex<Q, A> implements ClientResponseObserver<Q, A> {
  private static final int AHEAD = 8;

  private final BlockingQueue<Event<A>> arrived = new LinkedBlockingQueue<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  @GuardedBy("lock")
  private @Nullable ClientCallStreamObserver<Q> call;

  @GuardedBy("lock")
  private boolean over;

  @GuardedBy("lock")
  private boolean ended;

  /// What the other side did.
  sealed interface Event<A> {

    record Message<A>(A message) implements Event<A> {}

    /// It has ended the call; again at each further look.
    record End<A>(Status status) implements Event<A> {}
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<Q> requests) {
    requests.disableAutoRequestWithInitial(AHEAD);
    requests.setOnReadyHandler(this::signal);
    lock.lock();
    try {
      call = requests;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onNext(A message) {
    arrived.add(new Event.Message<>(message));
  }

  @Override
  public void onError(Throwable problem) {
    finish(Status.fromThrowable(problem));
  }

  @Override
  public void onCompleted() {
    finish(Status.OK);
  }

  private void finish(Status status) {
    arrived.add(new Event.End<>(status));
    lock.lock();
    try {
      over = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void signal() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits for what comes next.
  Event<A> next() throws InterruptedException {
    Event<A> event = arrived.take();
    if (event instanceof Event.End<A>) {
      arrived.add(event);
      return event;
    }
    lock.lock();
    try {
      if (call != null && !over) {
        call.request(1);
      }
    } finally {
      lock.unlock();
    }
    return event;
  }

  /// @throws IOException when the call is over, or we have ended our side
  void send(Q message) throws IOException {
    lock.lock();
    try {
      while (!over && !ended && call != null && !call.isReady()) {
        changed.await();
      }
      if (over || ended || call == null) {
        throw new IOException("the call is over");
      }
      call.onNext(message);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (IllegalStateException cancelled) {
      throw new IOException("the call is over", cancelled);
    } finally {
      lock.unlock();
    }
  }

  /// We send no more.
  void endSending() {
    lock.lock();
    try {
      if (!over && !ended && call != null) {
        ended = true;
        call.onCompleted();
      }
    } catch (IllegalStateException cancelled) {
      over = true;
    } finally {
      lock.unlock();
    }
  }

  /// Ends the call at once.
  void cancel() {
    ClientCallStreamObserver<Q> present;
    lock.lock();
    try {
      present = over ? null : call;
      over = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (present != null) {
      present.cancel("the client has gone", null);
    }
  }
}
