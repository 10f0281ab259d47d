package dev.drydock.apiserver.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.Revision;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.fuzz.Follower.Told;
import dev.drydock.apiserver.registry.Registry;
import dev.drydock.apiserver.registry.RegistryFixture;
import dev.drydock.apiserver.request.DeleteOptions;
import dev.drydock.apiserver.request.Deleted;
import dev.drydock.apiserver.request.PatchBody;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.request.User;
import dev.drydock.apiserver.request.WatchObserver;
import dev.drydock.apiserver.request.WriteOptions;
import dev.drydock.apiserver.request.Written;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Writers and watchers at several api-servers over one store, all at once; afterwards each
/// watcher's story is compared with the whole one.
///
record Interleaving(
    List<Registry> servers,
    List<List<Write>> writers,
    List<Start> watchers,
    ConcurrentSkipListMap<Revision, Told> story) {
  Interleaving(List<Registry> servers, List<List<Write>> writers, List<Start> watchers) {
    this(servers, writers, watchers, new ConcurrentSkipListMap<>());
  }

  static final RequestContext CONTEXT =
      new RequestContext(
          User.of("kubernetes-admin", List.of(User.MASTERS)),
          "fuzz",
          List.of(),
          Instant.EPOCH,
          _ -> {});
  private static final String END = "end";

  /// One write; what can't be done at that moment is left out.
  record Write(int object, Act act, boolean selected) {}

  enum Act {
    PUT,
    PATCH,
    DELETE
  }

  /// When and how a watcher begins.
  ///
  /// @param after how many writes of the first writer are done by then
  record Start(int server, int after, Follower.Way way, boolean selecting) {}

  /// Runs everything and checks the watchers.
  ///
  /// @param meanwhile called after each write of the first writer
  void run(Runnable meanwhile) throws InterruptedException, ExecutionException {
    List<Follower> followers = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < writers.size(); i++) {
        int writer = i;
        running.add(
            threads.submit(() -> write(writer, writer == 0 ? meanwhile : () -> {}, followers)));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
    put(servers.getLast(), END, true);
    for (Follower follower : followers) {
      follower.await(END);
      follower.close();
    }
    for (Follower follower : followers) {
      compare(follower);
    }
  }

  private void write(int writer, Runnable meanwhile, List<Follower> followers) {
    Registry server = servers.get(writer % servers.size());
    Revision first = Revision.NONE;
    int done = 0;
    for (Write write : writers.get(writer)) {
      if (writer == 0) {
        begin(done, first, followers);
      }
      act(server, write);
      if (done == 0) {
        first = server.list(CONTEXT, Follower.maps(""), ReadOptions.NONE).revision();
      }
      meanwhile.run();
      done++;
    }
    if (writer == 0) {
      for (int rest = done; rest < 100; rest++) {
        begin(rest, first, followers);
      }
    }
  }

  private void begin(int done, Revision first, List<Follower> followers) {
    for (Start start : watchers) {
      if (start.after() == done) {
        var follower =
            new Follower(
                servers.get(start.server() % servers.size()),
                start.way(),
                start.selecting() ? "app=x" : "");
        follower.begin(first);
        followers.add(follower);
      }
    }
  }

  private void act(Registry server, Write write) {
    String name = "o" + write.object();
    try {
      switch (write.act()) {
        case PUT -> put(server, name, write.selected());
        case PATCH -> patch(server, name, write.selected());
        case DELETE -> delete(server, name);
      }
    } catch (ApiException notNow) {
      assertThat(notNow.status().code()).isIn(404, 409);
    }
  }

  private void put(Registry server, String name, boolean selected) {
    Written made =
        server.create(
            CONTEXT,
            Follower.maps(""),
            RegistryFixture.json("{metadata: {name: " + name + ", " + labels(selected) + "}}"),
            RegistryFixture.STORED);
    tell(WatchObserver.Type.ADDED, made.object(), selected);
  }

  private void patch(Registry server, String name, boolean selected) {
    Written made =
        server.patch(
            CONTEXT,
            Follower.maps(name),
            new PatchBody.Merge(RegistryFixture.json("{metadata: {" + labels(selected) + "}}")),
            RegistryFixture.STORED);
    tell(WatchObserver.Type.MODIFIED, made.object(), selected);
  }

  private void delete(Registry server, String name) {
    var options = new DeleteOptions(null, "", "", "", WriteOptions.Persistence.STORED);
    if (server.delete(CONTEXT, Follower.maps(name), options, ReadOptions.NONE)
        instanceof Deleted.Gone gone) {
      tell(WatchObserver.Type.DELETED, gone.last().object(), false);
    }
  }

  private static String labels(boolean selected) {
    return "labels: {app: " + (selected ? "x" : "y") + "}";
  }

  /// A patch that changes nothing answers with the revision of the write before.
  private void tell(WatchObserver.Type type, StoredObject object, boolean selected) {
    story.putIfAbsent(
        object.revision(), new Told(type, object.name(), object.revision(), selected));
  }

  /// Works out from the whole story what the follower must have been told, and compares.
  private void compare(Follower one) {
    Map<String, Told> state = new TreeMap<>();
    List<String> expected = new ArrayList<>();
    Revision from = one.begunAt();
    boolean initialChecked = false;
    for (Told told : story.values()) {
      if (!initialChecked && told.revision().compareTo(from) > 0) {
        assertThat(one.initial()).as("state at %s", from).isEqualTo(revisions(state));
        initialChecked = true;
      }
      boolean was = state.containsKey(told.name());
      boolean is =
          told.type() != WatchObserver.Type.DELETED
              && (one.selector().isEmpty() || told.selected());
      if (is) {
        state.put(told.name(), told);
      } else {
        state.remove(told.name());
      }
      if (initialChecked && (was || is)) {
        WatchObserver.Type type =
            !was
                ? WatchObserver.Type.ADDED
                : is ? WatchObserver.Type.MODIFIED : WatchObserver.Type.DELETED;
        expected.add(type + " " + told.name() + " " + told.revision());
      }
    }
    if (!initialChecked) {
      assertThat(one.initial()).as("state at %s", from).isEqualTo(revisions(state));
    }
    assertThat(one.told().stream().map(it -> it.type() + " " + it.name() + " " + it.revision()))
        .as("%s from %s", one.selector(), from)
        .isEqualTo(expected);
  }

  private static Map<String, Revision> revisions(Map<String, Told> state) {
    Map<String, Revision> revisions = new TreeMap<>();
    state.forEach((name, told) -> revisions.put(name, told.revision()));
    return revisions;
  }
}
