package dev.drydock.lab.ledger;

import dev.drydock.client.kubeconfig.Kubeconfig;
import dev.drydock.client.rpc.ApiConnection;
import dev.drydock.lab.trace.Step;
import dev.drydock.proto.FollowRequest;
import dev.drydock.proto.LedgerEntries;
import dev.drydock.proto.LedgerEntry;
import dev.drydock.proto.LedgerServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Reads the ledger as it is now.
public final class LedgerReader {
  private static final int LARGEST_MESSAGE = 64 * 1024 * 1024;
  private static final int PATIENCE_SECONDS = 30;

  private LedgerReader() {}

  /// All entries that are kept, in order.
  ///
  /// @param kubeconfig whose server is the gRPC port
  /// @throws io.grpc.StatusRuntimeException when the api-server does not answer
  public static List<Step> read(Path kubeconfig) {
    Kubeconfig config = Kubeconfig.read(kubeconfig);
    ManagedChannel channel =
        NettyChannelBuilder.forTarget("dns:///" + config.servers().getFirst().getAuthority())
            .sslContext(ApiConnection.sslContext(config))
            .directExecutor()
            .maxInboundMessageSize(LARGEST_MESSAGE)
            .userAgent("drydock")
            .build();
    try {
      Iterator<LedgerEntries> answer =
          LedgerServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
              .follow(FollowRequest.newBuilder().setFromSequence(0).setFollow(false).build());
      var steps = new ArrayList<Step>();
      while (answer.hasNext()) {
        answer.next().getEntriesList().forEach(entry -> steps.add(step(entry)));
      }
      return steps;
    } finally {
      channel.shutdownNow();
    }
  }

  private static Step step(LedgerEntry entry) {
    return new Step(
        entry.getSequence(),
        Instant.EPOCH.plus(entry.getTimeMicros(), ChronoUnit.MICROS),
        Duration.of(entry.getDurationMicros(), ChronoUnit.MICROS),
        entry.getComponent().isEmpty() ? entry.getUser() : entry.getComponent(),
        entry.getVerb(),
        new Step.About(
            entry.getResource(),
            entry.getSubresource(),
            entry.getNamespace(),
            entry.getName(),
            entry.getUid()),
        entry.getRevisionAfter(),
        entry.getCausesList(),
        entry.getCode(),
        entry.getReason(),
        entry.getNote());
  }
}
