package dev.drydock.apiserver.registry;

import static dev.drydock.apiserver.registry.RegistryFixture.json;
import static dev.drydock.apiserver.registry.RegistryFixture.target;
import static dev.drydock.apiserver.registry.RegistryFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.Revision;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.request.PatchBody;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.WriteOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class ConcurrentWritersTest {
  private static final int WRITERS = 8;
  private static final int EACH = 20;

  private final RegistryFixture api = new RegistryFixture();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void noUpdateIsLost() throws Exception {
    api.create("configmaps", "default", "{metadata: {name: c}, data: {count: '0'}}");

    together(_ -> increase());

    assertThat(text(api.get("configmaps", "default", "c"), "/data/count"))
        .isEqualTo(String.valueOf(WRITERS * EACH));
  }

  private Void increase() {
    while (true) {
      ObjectNode map = api.get("configmaps", "default", "c");
      int count = Integer.parseInt(text(map, "/data/count"));
      ((ObjectNode) map.get("data")).put("count", String.valueOf(count + 1));
      try {
        api.update("configmaps", "default", map);
        return null;
      } catch (ApiException conflict) {
        if (!conflict.isConflict()) {
          throw conflict;
        }
      }
    }
  }

  @Test
  void noIncreaseByAPatchWithATestIsLost() throws Exception {
    api.create("configmaps", "default", "{metadata: {name: c}, data: {count: '0'}}");
    Registry other = api.registry(8);

    together(number -> increaseByPatch(number % 2 == 0 ? api.registry : other));

    assertThat(text(api.get("configmaps", "default", "c"), "/data/count"))
        .isEqualTo(String.valueOf(WRITERS * EACH));
  }

  private Void increaseByPatch(Registry server) {
    while (true) {
      int count = Integer.parseInt(text(api.get("configmaps", "default", "c"), "/data/count"));
      ArrayNode patch = RegistryFixture.JSON.createArrayNode();
      patch
          .addObject()
          .put("op", "test")
          .put("path", "/data/count")
          .put("value", String.valueOf(count));
      patch
          .addObject()
          .put("op", "replace")
          .put("path", "/data/count")
          .put("value", String.valueOf(count + 1));
      try {
        server.patch(
            api.context,
            target("configmaps", "default", "c"),
            new PatchBody.Json(patch),
            RegistryFixture.STORED);
        return null;
      } catch (ApiException refused) {
        assertThat(refused.status().code()).isIn(409, 422);
      }
    }
  }

  @Test
  void appliesOfManyManagersAllArriveAndTheSameAgainWritesNothing() throws Exception {
    api.create("configmaps", "default", "{metadata: {name: c}}");
    Registry other = api.registry(8);

    together(
        number -> {
          Registry server = number % 2 == 0 ? api.registry : other;
          Revision written = apply(server, number);
          assertThat(written.isNone()).isFalse();
          return written;
        });

    ObjectNode map = api.get("configmaps", "default", "c");
    assertThat(map.path("data")).hasSize(WRITERS * EACH);
    Revision last = Revision.of(Long.parseLong(text(map, "/metadata/resourceVersion")));
    assertThat(apply(other, 3)).isEqualTo(last);
    assertThat(apply(api.registry, WRITERS * EACH - 1)).isEqualTo(last);
  }

  private Revision apply(Registry server, int number) {
    String intent =
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {k" + number + ": 'v'}}";
    return server
        .patch(
            api.context,
            target("configmaps", "default", "c"),
            new PatchBody.Apply(json(intent), PatchBody.Conflicts.FAIL),
            new WriteOptions(
                WriteOptions.Persistence.STORED,
                "manager-" + number,
                WriteOptions.FieldValidation.STRICT))
        .object()
        .revision();
  }

  @Test
  void patchesOfManyAllArrive() throws Exception {
    api.create("configmaps", "default", "{metadata: {name: c}}");

    together(number -> api.merge("configmaps", "default", "c", "{data: {k" + number + ": 'v'}}"));

    assertThat(api.get("configmaps", "default", "c").path("data")).hasSize(WRITERS * EACH);
  }

  @Test
  void twoServersNeverGiveAnAddressOrAPortTwice() throws Exception {
    Registry other = api.registry(8);
    Set<String> addresses = new ConcurrentSkipListSet<>();
    Set<Integer> ports = new ConcurrentSkipListSet<>();

    together(
        number -> {
          Registry one = number % 2 == 0 ? api.registry : other;
          ObjectNode service =
              one.create(
                      api.context,
                      target("services", "default", ""),
                      json(
                          "{metadata: {name: s"
                              + number
                              + "}, spec: {type: NodePort, ports: [{port: 80}]}}"),
                      RegistryFixture.STORED)
                  .object()
                  .tree();
          assertThat(addresses.add(text(service, "/spec/clusterIP"))).isTrue();
          assertThat(ports.add(service.at("/spec/ports/0/nodePort").intValue())).isTrue();
          return service;
        });

    assertThat(addresses).hasSize(WRITERS * EACH);
    assertThat(api.list("networking.k8s.io/v1/ipaddresses", "", ReadOptions.NONE).items())
        .hasSize(WRITERS * EACH);
  }

  /// One numbered piece of work.
  private interface Work {
    Object run(int number) throws Exception;
  }

  private static void together(Work work) throws Exception {
    List<Callable<Object>> all = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      int first = writer * EACH;
      all.add(
          () -> {
            for (int i = 0; i < EACH; i++) {
              work.run(first + i);
            }
            return first;
          });
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Object> done : threads.invokeAll(all)) {
        done.get();
      }
    }
  }
}
