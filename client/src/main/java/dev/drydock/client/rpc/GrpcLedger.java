package dev.drydock.client.rpc;

import dev.drydock.api.meta.Revision;
import dev.drydock.client.ledger.Effects;
import dev.drydock.proto.LedgerEntry;
import dev.drydock.proto.LedgerServiceGrpc;
import dev.drydock.proto.ReportRequest;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Sends effects to the api-server's ledger; the sink of `BatchedEffects`.
public final class GrpcLedger implements Consumer<List<Effects.Effect>> {
  private final ApiConnection connection;

  public GrpcLedger(ApiConnection connection) {
    this.connection = connection;
  }

  @Override
  public void accept(List<Effects.Effect> effects) {
    var request = ReportRequest.newBuilder();
    effects.forEach(effect -> request.addEffects(entry(effect)));
    var _ =
        LedgerServiceGrpc.newBlockingStub(connection.channel())
            .withDeadlineAfter(10, TimeUnit.SECONDS)
            .report(request.build());
  }

  private static LedgerEntry entry(Effects.Effect effect) {
    Instant began = effect.began();
    return LedgerEntry.newBuilder()
        .setTimeMicros(began.getEpochSecond() * 1_000_000 + began.getNano() / 1_000)
        .setComponent(effect.component())
        .setVerb(effect.verb())
        .setGroup(effect.about().group())
        .setResource(effect.about().resource())
        .setNamespace(effect.key().namespace())
        .setName(effect.key().name())
        .addAllCauses(effect.causes().stream().map(Revision::value).toList())
        .setDurationMicros(effect.took().toNanos() / 1_000)
        .setNote(effect.note())
        .build();
  }
}
