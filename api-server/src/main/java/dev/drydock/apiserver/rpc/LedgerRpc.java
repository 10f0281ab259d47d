package dev.drydock.apiserver.rpc;

import dev.drydock.api.meta.Revision;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.filter.Call;
import dev.drydock.apiserver.filter.Outcome;
import dev.drydock.apiserver.filter.Pipeline;
import dev.drydock.apiserver.ledger.Ledger;
import dev.drydock.apiserver.ledger.LedgerEntry.Actor;
import dev.drydock.apiserver.ledger.LedgerEntry.Change;
import dev.drydock.apiserver.ledger.LedgerEntry.Deed;
import dev.drydock.apiserver.ledger.LedgerEntry.Ending;
import dev.drydock.proto.FollowRequest;
import dev.drydock.proto.LedgerEntries;
import dev.drydock.proto.LedgerEntry;
import dev.drydock.proto.LedgerServiceGrpc;
import dev.drydock.proto.ReportRequest;
import dev.drydock.proto.ReportResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;

/// The ledger over gRPC.
final class LedgerRpc extends LedgerServiceGrpc.LedgerServiceImplBase {
  private static final int MAX_EFFECTS = 1000;

  private final Ledger ledger;
  private final Pipeline pipeline;
  private final Requests requests;
  private final Executor workers;

  LedgerRpc(Ledger ledger, Pipeline pipeline, Requests requests, Executor workers) {
    this.ledger = ledger;
    this.pipeline = pipeline;
    this.requests = requests;
    this.workers = workers;
  }

  @Override
  public void follow(FollowRequest request, StreamObserver<LedgerEntries> observer) {
    Call call = requests.call("/drydock/ledger");
    try {
      pipeline.begin(call);
    } catch (ApiException failure) {
      observer.onError(RpcErrors.of(failure));
      return;
    }
    var stream = (ServerCallStreamObserver<LedgerEntries>) observer;
    new LedgerFollower(
            ledger,
            stream,
            workers,
            request.getFollow() ? LedgerFollower.Ending.FOLLOW : LedgerFollower.Ending.AT_PRESENT,
            () -> pipeline.end(call, Outcome.read()))
        .begin(request.getFromSequence());
  }

  @Override
  public void report(ReportRequest request, StreamObserver<ReportResponse> observer) {
    Call call = requests.call("/drydock/ledger");
    try {
      pipeline.run(
          call,
          () -> {
            if (request.getEffectsCount() > MAX_EFFECTS) {
              throw ApiException.badRequest("at most " + MAX_EFFECTS + " effects at a time");
            }
            request.getEffectsList().forEach(effect -> ledger.append(entry(call, effect)));
            return call;
          },
          _ -> Outcome.answered(200));
    } catch (ApiException failure) {
      observer.onError(RpcErrors.of(failure));
      return;
    }
    observer.onNext(ReportResponse.getDefaultInstance());
    observer.onCompleted();
  }

  private static dev.drydock.apiserver.ledger.LedgerEntry entry(Call call, LedgerEntry effect) {
    String component =
        effect.getComponent().isEmpty()
            ? call.arrival().client().component()
            : effect.getComponent();
    Instant time =
        effect.getTimeMicros() > 0
            ? Instant.EPOCH.plusNanos(effect.getTimeMicros() * 1000)
            : call.arrival().received();
    return new dev.drydock.apiserver.ledger.LedgerEntry(
        time,
        new Actor(call.user().name(), component),
        new Deed(
            effect.getVerb(),
            effect.getGroup(),
            effect.getResource(),
            effect.getSubresource(),
            effect.getNamespace(),
            effect.getName(),
            effect.getUid()),
        new Change(revision(effect.getRevisionBefore()), revision(effect.getRevisionAfter())),
        effect.getCausesList().stream().map(LedgerRpc::revision).toList(),
        new Ending(
            effect.getCode(),
            effect.getReason(),
            Duration.ofNanos(effect.getDurationMicros() * 1000)),
        effect.getNote());
  }

  private static Revision revision(long value) {
    return Revision.of(Math.max(0, value));
  }
}
