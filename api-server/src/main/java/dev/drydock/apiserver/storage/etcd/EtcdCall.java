package dev.drydock.apiserver.storage.etcd;

import dev.drydock.apiserver.storage.StorageException;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// One question to etcd that has one answer.
///
/// gRPC's own stubs ask for the answer before they send the question. Each wakes the event loop,
/// the first time for nothing; in the other order, the loop is awake by the time it is asked.
final class EtcdCall<Q, R> extends ClientCall.Listener<R> {
  private final ClientCall<Q, R> call;
  private final CompletableFuture<R> answer = new CompletableFuture<>();
  private @Nullable R message;

  EtcdCall(ClientCall<Q, R> call) {
    this.call = call;
  }

  void send(Q question) {
    call.start(this, new Metadata());
    call.sendMessage(question);
    call.halfClose();
    call.request(2);
  }

  @Override
  public void onMessage(R received) {
    message = received;
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    R received = message;
    if (!status.isOk()) {
      answer.completeExceptionally(status.asRuntimeException(trailers));
    } else if (received == null) {
      answer.completeExceptionally(
          Status.INTERNAL.withDescription("etcd answered nothing").asRuntimeException());
    } else {
      answer.complete(received);
    }
  }

  /// Gives up: what comes later is ignored.
  void fail(Status status) {
    answer.completeExceptionally(status.asRuntimeException());
    call.cancel(status.getDescription(), null);
  }

  /// @throws StatusRuntimeException as etcd answered, or why the call was given up
  R await() {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StatusRuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      fail(Status.CANCELLED.withDescription("interrupted"));
      Thread.currentThread().interrupt();
      throw new StorageException.Unavailable("interrupted while waiting for etcd");
    }
  }
}
