package dev.drydock.apiserver.rpc;

import dev.drydock.api.codec.TreeCodec;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.filter.Call;
import dev.drydock.apiserver.filter.Outcome;
import dev.drydock.apiserver.filter.Pipeline;
import dev.drydock.apiserver.request.ApiService;
import dev.drydock.apiserver.request.Deleted;
import dev.drydock.apiserver.request.ObjectList;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.Verb;
import dev.drydock.apiserver.request.Written;
import dev.drydock.apiserver.rpc.Messages.Extent;
import dev.drydock.apiserver.storage.ObjectReader.Subscription;
import dev.drydock.proto.CreateRequest;
import dev.drydock.proto.DeleteCollectionRequest;
import dev.drydock.proto.DeleteRequest;
import dev.drydock.proto.DiscoverRequest;
import dev.drydock.proto.DiscoverResponse;
import dev.drydock.proto.GetRequest;
import dev.drydock.proto.ListRequest;
import dev.drydock.proto.ListResponse;
import dev.drydock.proto.PatchRequest;
import dev.drydock.proto.Resource;
import dev.drydock.proto.ResourceServiceGrpc;
import dev.drydock.proto.UpdateRequest;
import dev.drydock.proto.WatchRequest;
import dev.drydock.proto.WatchResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// The verbs over gRPC. Runs on virtual threads; blocking is fine.
final class ResourceRpc extends ResourceServiceGrpc.ResourceServiceImplBase {
  private final ApiService service;
  private final Supplier<ObjectNode> elsewhere;
  private final Pipeline pipeline;
  private final Requests requests;
  private final Executor workers;
  private final Set<WatchSender> watches = ConcurrentHashMap.newKeySet();

  /// @param elsewhere the discovery document of what other servers serve
  ResourceRpc(
      ApiService service,
      Supplier<ObjectNode> elsewhere,
      Pipeline pipeline,
      Requests requests,
      Executor workers) {
    this.service = service;
    this.elsewhere = elsewhere;
    this.pipeline = pipeline;
    this.requests = requests;
    this.workers = workers;
  }

  private static <A> void answer(StreamObserver<A> to, Supplier<A> work) {
    A answer;
    try {
      answer = work.get();
    } catch (ApiException failure) {
      to.onError(RpcErrors.of(failure));
      return;
    }
    to.onNext(answer);
    to.onCompleted();
  }

  private <T> T run(
      Verb verb,
      Target target,
      ReadOptions selection,
      Function<Call, T> work,
      Function<T, Outcome> outcome) {
    Call call = requests.call(verb, target, selection);
    Thread worker = Thread.currentThread();
    call.onAbort(worker::interrupt);
    return pipeline.run(call, () -> work.apply(call), outcome);
  }

  @Override
  public void get(GetRequest request, StreamObserver<Resource> observer) {
    answer(
        observer,
        () -> {
          Target target = requests.target(request.getTarget(), Verb.GET);
          ReadOptions options = Messages.atVersion(request.getResourceVersion());
          return Messages.resource(
              run(
                  Verb.GET,
                  target,
                  ReadOptions.NONE,
                  call -> service.get(call.context(), target, options),
                  _ -> Outcome.read()));
        });
  }

  @Override
  public void list(ListRequest request, StreamObserver<ListResponse> observer) {
    answer(
        observer,
        () -> {
          Target target = requests.target(request.getTarget(), Verb.LIST);
          ReadOptions options = Messages.options(request);
          ObjectList list =
              run(
                  Verb.LIST,
                  target,
                  options,
                  call -> service.list(call.context(), target, options),
                  _ -> Outcome.read());
          return Messages.list(list, Messages.extent(request.getMetadataOnly()));
        });
  }

  @Override
  public void watch(WatchRequest request, StreamObserver<WatchResponse> observer) {
    var stream = (ServerCallStreamObserver<WatchResponse>) observer;
    Extent extent = Messages.extent(request.getMetadataOnly());
    var sender = new WatchSender(stream, extent, workers);
    Call call;
    Target target;
    try {
      target = requests.target(request.getTarget(), Verb.WATCH);
      call =
          requests.call(
              Verb.WATCH,
              target,
              Messages.selection(request.getLabelSelector(), request.getFieldSelector()));
      pipeline.begin(call);
    } catch (ApiException failure) {
      stream.onError(RpcErrors.of(failure));
      return;
    }
    try {
      Subscription subscription = subscribe(call, target, request, sender);
      call.begun();
      watches.add(sender);
      sender.begin(
          () -> {
            watches.remove(sender);
            subscription.close();
            pipeline.end(call, Outcome.read());
          });
    } catch (RuntimeException problem) {
      ApiException failure = pipeline.failure(call, problem);
      pipeline.end(call, Outcome.failed(failure));
      stream.onError(RpcErrors.of(failure));
    }
  }

  /// A watch from too old a revision ends like one that became too old: with an event.
  private Subscription subscribe(
      Call call, Target target, WatchRequest request, WatchSender sender) {
    try {
      return service.watch(call.context(), target, Messages.options(request), sender.queue());
    } catch (ApiException failure) {
      if (!failure.isExpired()) {
        throw failure;
      }
      sender.queue().ended(failure);
      return () -> {};
    }
  }

  @Override
  public void create(CreateRequest request, StreamObserver<Resource> observer) {
    answer(
        observer,
        () -> {
          Target target = requests.target(request.getTarget(), Verb.CREATE);
          return written(
              Verb.CREATE,
              target,
              call ->
                  service.create(
                      call.context(),
                      target,
                      noted(call, Messages.object(request.getJson())),
                      Messages.options(request.getOptions())));
        });
  }

  @Override
  public void update(UpdateRequest request, StreamObserver<Resource> observer) {
    answer(
        observer,
        () -> {
          Target target = requests.target(request.getTarget(), Verb.UPDATE);
          return written(
              Verb.UPDATE,
              target,
              call ->
                  service.update(
                      call.context(),
                      target,
                      noted(call, Messages.object(request.getJson())),
                      Messages.options(request.getOptions())));
        });
  }

  @Override
  public void patch(PatchRequest request, StreamObserver<Resource> observer) {
    answer(
        observer,
        () -> {
          Target target = requests.target(request.getTarget(), Verb.PATCH);
          return written(
              Verb.PATCH,
              target,
              call ->
                  service.patch(
                      call.context(),
                      target,
                      Messages.patch(request),
                      Messages.options(request.getOptions())));
        });
  }

  private static ObjectNode noted(Call call, ObjectNode body) {
    call.notes().request(body);
    return body;
  }

  private Resource written(Verb verb, Target target, Function<Call, Written> work) {
    Function<Call, Written> noted =
        call -> {
          Written written = work.apply(call);
          call.notes().response(() -> written.object().tree());
          return written;
        };
    return Messages.resource(run(verb, target, ReadOptions.NONE, noted, Outcome::written).object());
  }

  @Override
  public void delete(DeleteRequest request, StreamObserver<Resource> observer) {
    answer(
        observer,
        () -> {
          Target target = requests.target(request.getTarget(), Verb.DELETE);
          Deleted deleted =
              run(
                  Verb.DELETE,
                  target,
                  ReadOptions.NONE,
                  call ->
                      service.delete(
                          call.context(),
                          target,
                          Messages.options(request.getOptions()),
                          ReadOptions.NONE),
                  Outcome::deleted);
          return switch (deleted) {
            case Deleted.Pending(Written object) -> Messages.resource(object.object());
            case Deleted.Gone(Written last) -> Messages.resource(last.object());
            case Deleted.Collection _ -> Resource.getDefaultInstance();
          };
        });
  }

  @Override
  public void deleteCollection(
      DeleteCollectionRequest request, StreamObserver<ListResponse> observer) {
    answer(
        observer,
        () -> {
          Target target = requests.target(request.getTarget(), Verb.DELETECOLLECTION);
          ReadOptions selection =
              Messages.selection(request.getLabelSelector(), request.getFieldSelector());
          Deleted deleted =
              run(
                  Verb.DELETECOLLECTION,
                  target,
                  selection,
                  call ->
                      service.delete(
                          call.context(),
                          target,
                          Messages.options(request.getOptions()),
                          selection),
                  Outcome::deleted);
          return switch (deleted) {
            case Deleted.Collection(ObjectList items, _) -> Messages.list(items, Extent.WHOLE);
            case Deleted.Pending _, Deleted.Gone _ -> ListResponse.getDefaultInstance();
          };
        });
  }

  @Override
  public void discover(DiscoverRequest request, StreamObserver<DiscoverResponse> observer) {
    answer(
        observer,
        () ->
            pipeline.run(
                requests.reading("/apis"),
                () ->
                    DiscoverResponse.newBuilder()
                        .setJson(Messages.shared(TreeCodec.write(elsewhere.get())))
                        .build(),
                _ -> Outcome.read()));
  }

  int watchCount() {
    return watches.size();
  }

  /// Ends all watches as unavailable; for shutting down.
  void endWatches() {
    watches.forEach(WatchSender::endForShutdown);
  }
}
