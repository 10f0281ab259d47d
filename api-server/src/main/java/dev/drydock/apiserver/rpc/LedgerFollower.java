package dev.drydock.apiserver.rpc;

import dev.drydock.api.meta.Revision;
import dev.drydock.apiserver.ledger.Ledger;
import dev.drydock.apiserver.ledger.LedgerEntry;
import dev.drydock.proto.LedgerEntries;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Streams the ledger to one reader at the reader's pace: what it is too slow for, it misses.
final class LedgerFollower {
  private static final int BATCH = 500;

  private final Ledger ledger;
  private final ServerCallStreamObserver<LedgerEntries> stream;
  private final Executor workers;
  private final Ending ending;
  private final Runnable whenClosed;
  private final AtomicInteger wakes = new AtomicInteger();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Runnable waker = this::wake;
  private final Ledger.Following following;
  private long next;

  /// Where the stream ends.
  enum Ending {
    AT_PRESENT,
    FOLLOW
  }

  LedgerFollower(
      Ledger ledger,
      ServerCallStreamObserver<LedgerEntries> stream,
      Executor workers,
      Ending ending,
      Runnable whenClosed) {
    this.ledger = ledger;
    this.stream = stream;
    this.workers = workers;
    this.ending = ending;
    this.whenClosed = whenClosed;
    this.following = ledger.follow(waker);
    stream.setOnReadyHandler(waker);
    stream.setOnCancelHandler(this::close);
  }

  void begin(long from) {
    next = from;
    wake();
  }

  private void wake() {
    if (wakes.getAndIncrement() == 0) {
      workers.execute(this::drainUntilQuiet);
    }
  }

  private void drainUntilQuiet() {
    int seen = 1;
    do {
      drain();
      seen = wakes.addAndGet(-seen);
    } while (seen != 0);
  }

  private void drain() {
    while (!closed.get() && stream.isReady()) {
      Ledger.Excerpt excerpt = ledger.read(next, BATCH);
      next = excerpt.next();
      if (excerpt.entries().isEmpty()) {
        if (ending == Ending.AT_PRESENT) {
          close();
          stream.onCompleted();
        }
        return;
      }
      LedgerEntries.Builder batch = LedgerEntries.newBuilder().setOldestKept(excerpt.oldestKept());
      excerpt.entries().forEach(entry -> batch.addEntries(message(entry)));
      stream.onNext(batch.build());
    }
  }

  private void close() {
    if (closed.compareAndSet(false, true)) {
      following.close();
      whenClosed.run();
    }
  }

  private static dev.drydock.proto.LedgerEntry message(Ledger.Sequenced sequenced) {
    LedgerEntry entry = sequenced.entry();
    Duration took = entry.ending().duration();
    var builder =
        dev.drydock.proto.LedgerEntry.newBuilder()
            .setSequence(sequenced.sequence())
            .setTimeMicros(ChronoUnit.MICROS.between(java.time.Instant.EPOCH, entry.time()))
            .setUser(entry.actor().user())
            .setComponent(entry.actor().component())
            .setVerb(entry.deed().verb())
            .setGroup(entry.deed().group())
            .setResource(entry.deed().resource())
            .setSubresource(entry.deed().subresource())
            .setNamespace(entry.deed().namespace())
            .setName(entry.deed().name())
            .setUid(entry.deed().uid())
            .setRevisionBefore(entry.change().before().value())
            .setRevisionAfter(entry.change().after().value())
            .setCode(entry.ending().code())
            .setReason(entry.ending().reason())
            .setDurationMicros(took.toNanos() / 1000)
            .setNote(entry.note());
    for (Revision cause : entry.causes()) {
      builder.addCauses(cause.value());
    }
    return builder.build();
  }
}
