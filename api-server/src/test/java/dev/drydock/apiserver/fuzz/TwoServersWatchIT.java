package dev.drydock.apiserver.fuzz;

import dev.drydock.apiserver.fuzz.Interleaving.Act;
import dev.drydock.apiserver.fuzz.Interleaving.Start;
import dev.drydock.apiserver.fuzz.Interleaving.Write;
import dev.drydock.testkit.etcd.EtcdExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Watch = list + events, with two api-servers' caches over a real etcd that is compacted all the
/// time.
class TwoServersWatchIT {
  @RegisterExtension static final EtcdExtension ETCD = new EtcdExtension();

  /// The writes and watchers are always the same; how they meet is not.
  private static final long SEED = 36;

  private static final List<Act> ACTS = List.of(Act.values());
  private static final List<Follower.Way> WAYS = List.of(Follower.Way.values());
  private static final int WRITERS = 4;
  private static final int WRITES = 100;
  private static final int WATCHERS = 24;

  @Test
  void noEventIsLostOrToldTwice() throws Exception {
    var random = new Random(SEED);
    try (var both = new TwoServers(ETCD.endpoint())) {
      var done = new AtomicInteger();
      new Interleaving(both.servers, writers(random), watchers(random))
          .run(
              () -> {
                if (done.incrementAndGet() % 10 == 0) {
                  both.compact();
                }
              });
    }
  }

  private static List<List<Write>> writers(Random random) {
    List<List<Write>> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      List<Write> writes = new ArrayList<>();
      for (int j = 0; j < WRITES; j++) {
        Act act = ACTS.get(random.nextInt(ACTS.size()));
        writes.add(new Write(random.nextInt(6), act, random.nextBoolean()));
      }
      writers.add(writes);
    }
    return writers;
  }

  private static List<Start> watchers(Random random) {
    List<Start> watchers = new ArrayList<>();
    for (int i = 0; i < WATCHERS; i++) {
      Follower.Way way = WAYS.get(i % WAYS.size());
      watchers.add(new Start(random.nextInt(2), random.nextInt(WRITES), way, random.nextBoolean()));
    }
    return watchers;
  }
}
