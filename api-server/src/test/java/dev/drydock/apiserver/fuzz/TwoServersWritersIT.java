package dev.drydock.apiserver.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.registry.Registry;
import dev.drydock.apiserver.registry.RegistryFixture;
import dev.drydock.apiserver.request.PatchBody;
import dev.drydock.apiserver.request.PatchBody.Conflicts;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.WriteOptions;
import dev.drydock.testkit.etcd.EtcdExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.node.ObjectNode;

/// Optimistic concurrency with two api-servers on a real etcd that is compacted meanwhile: every
/// write that was answered with success has its effect in the end, however it was made.
class TwoServersWritersIT {
  @RegisterExtension static final EtcdExtension ETCD = new EtcdExtension();

  /// Who does what is always the same; how they meet is not.
  private static final long SEED = 63;

  private static final int WRITERS = 8;
  private static final int WRITES = 30;
  private static final Target MAP = RegistryFixture.target("configmaps", "default", "c");

  private final AtomicInteger increases = new AtomicInteger();

  /// How a writer increases the number that all share, or leaves its own mark.
  private enum Manner {
    UPDATE,
    PATCH_WITH_TEST,
    PATCH_WITH_VERSION,
    MARK_BY_MERGE,
    MARK_BY_APPLY
  }

  @Test
  void nothingThatWasAcceptedIsLost() throws Exception {
    try (var both = new TwoServers(ETCD.endpoint())) {
      both.servers
          .getFirst()
          .create(
              Interleaving.CONTEXT,
              RegistryFixture.target("configmaps", "default", ""),
              RegistryFixture.json("{metadata: {name: c}, data: {count: '0'}}"),
              RegistryFixture.STORED);
      List<String> marks = run(both);

      for (Registry server : both.servers) {
        ObjectNode end = server.get(Interleaving.CONTEXT, MAP, ReadOptions.NONE).tree();
        assertThat(end.at("/data/count").asString()).isEqualTo(String.valueOf(increases.get()));
        assertThat(end.path("data").propertyNames()).containsAll(marks);
        assertThat(end.path("data")).hasSize(marks.size() + 1);
      }
    }
  }

  /// @return the marks that were left
  private List<String> run(TwoServers both) throws InterruptedException, ExecutionException {
    List<String> marks = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<String>>> all = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        int writer = i;
        all.add(threads.submit(() -> write(both, writer)));
      }
      for (Future<List<String>> one : all) {
        marks.addAll(one.get());
      }
    }
    return marks;
  }

  private List<String> write(TwoServers both, int writer) {
    var random = new Random(SEED + writer);
    var marks = new ArrayList<String>();
    for (int i = 0; i < WRITES; i++) {
      Registry server = both.servers.get(random.nextInt(2));
      Manner manner = Manner.values()[random.nextInt(Manner.values().length)];
      String mark = "w" + writer + "-" + i;
      switch (manner) {
        case UPDATE, PATCH_WITH_TEST, PATCH_WITH_VERSION -> increase(server, manner);
        case MARK_BY_MERGE -> {
          patch(server, new PatchBody.Merge(json("{data: {" + mark + ": x}}")), "merger");
          marks.add(mark);
        }
        case MARK_BY_APPLY -> {
          apply(server, mark);
          marks.add(mark);
        }
      }
      if (writer == 0 && i % 10 == 9) {
        both.compact();
      }
    }
    return marks;
  }

  private void increase(Registry server, Manner manner) {
    while (true) {
      ObjectNode map = server.get(Interleaving.CONTEXT, MAP, ReadOptions.NONE).tree().deepCopy();
      String count = map.at("/data/count").asString();
      String next = String.valueOf(Integer.parseInt(count) + 1);
      try {
        if (manner == Manner.UPDATE) {
          ((ObjectNode) map.get("data")).put("count", next);
          server.update(Interleaving.CONTEXT, MAP, map, RegistryFixture.STORED);
        } else if (manner == Manner.PATCH_WITH_TEST) {
          patch(
              server,
              new PatchBody.Json(
                  json("{p: [{op: test, path: '/data/count', value: '"
                          + count
                          + "'}, {op: replace, path: '/data/count', value: '"
                          + next
                          + "'}]}")
                      .get("p")),
              "patcher");
        } else {
          String version = map.at("/metadata/resourceVersion").asString();
          patch(
              server,
              new PatchBody.Merge(
                  json(
                      "{metadata: {resourceVersion: '"
                          + version
                          + "'}, data: {count: '"
                          + next
                          + "'}}")),
              "patcher");
        }
        increases.incrementAndGet();
        return;
      } catch (ApiException refused) {
        boolean testFailed = refused.status().code() == 422;
        if (!refused.isConflict() && !testFailed) {
          throw refused;
        }
      }
    }
  }

  /// Each mark has a manager of its own, so that no apply takes another's mark away.
  private static void apply(Registry server, String mark) {
    patch(
        server,
        new PatchBody.Apply(
            json("{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {" + mark + ": x}}"),
            Conflicts.FAIL),
        mark);
  }

  private static void patch(Registry server, PatchBody patch, String manager) {
    var options =
        new WriteOptions(
            WriteOptions.Persistence.STORED, manager, WriteOptions.FieldValidation.STRICT);
    server.patch(Interleaving.CONTEXT, MAP, patch, options);
  }

  private static ObjectNode json(String loose) {
    return RegistryFixture.json(loose);
  }
}
