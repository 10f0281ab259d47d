package dev.drydock.client.rpc;

import dev.drydock.api.meta.Revision;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.StatusReason;
import dev.drydock.api.watch.WatchEvent;
import dev.drydock.client.resource.WatchStream;
import dev.drydock.proto.Resource;
import dev.drydock.proto.ResourceServiceGrpc;
import dev.drydock.proto.WatchRequest;
import dev.drydock.proto.WatchResponse;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A watch over gRPC. Messages wait unparsed, only so many as were asked for: a reader that is
/// slow slows the sender down.
final class GrpcWatch<T> implements WatchStream<T> {
  private static final int AHEAD = 8;

  /// What waits for the reader.
  private sealed interface Arrived {
    record Message(WatchResponse response) implements Arrived {}

    record End(ApiException cause) implements Arrived {}
  }

  private final BlockingQueue<Arrived> arrived = new LinkedBlockingQueue<>();
  private final ClientCall<WatchRequest, WatchResponse> call;
  private final Function<Resource, T> read;
  private Iterator<dev.drydock.proto.WatchEvent> events = Collections.emptyIterator();
  private @Nullable ApiException ended;

  private GrpcWatch(ClientCall<WatchRequest, WatchResponse> call, Function<Resource, T> read) {
    this.call = call;
    this.read = read;
  }

  static <T> GrpcWatch<T> open(Caller caller, WatchRequest request, Function<Resource, T> read) {
    var watch = new GrpcWatch<>(caller.stream(ResourceServiceGrpc.getWatchMethod()), read);
    watch.call.start(watch.new Receiver(), new Metadata());
    watch.call.request(AHEAD);
    watch.call.sendMessage(request);
    watch.call.halfClose();
    return watch;
  }

  private final class Receiver extends ClientCall.Listener<WatchResponse> {
    @Override
    public void onMessage(WatchResponse message) {
      arrived.add(new Arrived.Message(message));
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      arrived.add(
          new Arrived.End(
              status.isOk()
                  ? ApiException.of(
                      StatusReason.SERVICE_UNAVAILABLE, "the api-server ended the watch")
                  : Failures.of(status, trailers, null)));
    }
  }

  @Override
  public WatchEvent<T> next() throws InterruptedException {
    while (true) {
      if (ended != null) {
        return new WatchEvent.Failed<>(ended);
      }
      if (events.hasNext()) {
        return event(events.next());
      }
      switch (arrived.take()) {
        case Arrived.Message(WatchResponse response) -> {
          call.request(1);
          events = response.getEventsList().iterator();
        }
        case Arrived.End(ApiException cause) -> ended = cause;
      }
    }
  }

  private WatchEvent<T> event(dev.drydock.proto.WatchEvent event) {
    Resource object = event.getObject();
    return switch (event.getType()) {
      case ADDED -> new WatchEvent.Added<>(read.apply(object));
      case MODIFIED -> new WatchEvent.Modified<>(read.apply(object));
      case DELETED -> new WatchEvent.Deleted<>(read.apply(object));
      case BOOKMARK ->
          new WatchEvent.Bookmark<>(
              Revision.of(object.getRevision()),
              event.getInitialEventsEnd()
                  ? WatchEvent.Progress.INITIAL_STATE_COMPLETE
                  : WatchEvent.Progress.ALIVE);
      case ERROR -> fail(new ApiException(Failures.status(object.getJson().toByteArray())));
      case TYPE_UNSPECIFIED, UNRECOGNIZED ->
          fail(ApiException.internalError("the api-server sent an unknown kind of event"));
    };
  }

  private WatchEvent<T> fail(ApiException cause) {
    ended = cause;
    close();
    return new WatchEvent.Failed<>(cause);
  }

  @Override
  public void close() {
    call.cancel("the watch was closed", null);
  }
}
