package dev.drydock.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// The api-server under load: ConfigMaps over HTTPS and JSON, on two cores that the load generator
/// shares. Warming up is counted in requests: a slow machine does as much of it as a fast one.
final class ApiBench {
  private static final String PATH = "/api/v1/namespaces/bench/configmaps";
  private static final String CREATED = "/api/v1/namespaces/created/configmaps";
  private static final int WARM_UP = 40_000;
  private static final int WARM_UP_WATCHED = 12_000;
  private static final Duration TIME = Duration.ofSeconds(5);
  private static final int WATCHED = 5_000;

  private final List<Server> servers;
  private final Report report;

  /// @param servers each step is done on one after the other, so that their figures can be compared
  ApiBench(List<Server> servers, Report report) {
    this.servers = List.copyOf(servers);
    this.report = report;
  }

  /// What is done to one server.
  @FunctionalInterface
  private interface Step {
    void on(Server server) throws Exception;
  }

  private void each(Step step) throws Exception {
    for (Server server : servers) {
      step.on(server);
    }
  }

  void run() throws Exception {
    each(ApiBench::prepare);
    gets();
    each(server -> lists(server, 1_000));
    creates();
    updates();
    each(ApiBench::fill);
    each(server -> lists(server, 10_000));
    each(server -> watch(server, 1));
    each(server -> watch(server, 100));
  }

  private static void prepare(Server server) throws Exception {
    try (Connection connection = server.open()) {
      for (String name : List.of("bench", "created", "lists")) {
        connection.exchange(connection.request("POST", "/api/v1/namespaces", namespace(name)));
      }
      for (int i = 0; i < 1_000; i++) {
        connection.exchange(connection.request("POST", PATH, Bodies.configMap("base-" + i, "0")));
      }
    }
  }

  private void gets() throws Exception {
    Load.Requests get =
        (connection, _, i) -> connection.request("GET", PATH + "/base-" + i % 1000, "");
    each(server -> new Load(server).times(4, WARM_UP, get));
    for (int connections : List.of(1, 16, 32)) {
      each(server -> measure(server, "get", connections, get));
    }
  }

  private void creates() throws Exception {
    each(server -> new Load(server).times(4, WARM_UP, creates("warm")));
    for (int connections : List.of(1, 16)) {
      each(server -> measure(server, "create", connections, creates("new-" + connections)));
    }
  }

  private void updates() throws Exception {
    each(server -> new Load(server).times(4, WARM_UP, updates("warm")));
    for (int connections : List.of(1, 16)) {
      each(server -> measure(server, "update", connections, updates("" + connections)));
    }
  }

  private void measure(Server server, String what, int connections, Load.Requests requests)
      throws Exception {
    Load.Result result = new Load(server).run(connections, TIME, requests);
    String name =
        server.figure(
            what + ", " + connections + (connections == 1 ? " connection" : " connections"));
    report.add("api", name, result.perSecond(), "req/s");
    report.add("api", name + ": p50", result.millis(50), "ms");
    report.add("api", name + ": p99", result.millis(99), "ms");
  }

  private static String namespace(String name) {
    return "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"%s\"}}"
        .formatted(name);
  }

  private static Load.Requests creates(String prefix) {
    return (connection, thread, i) ->
        connection.request("POST", CREATED, Bodies.configMap(prefix + "-" + thread + "-" + i, "0"));
  }

  private static Load.Requests updates(String value) {
    return (connection, thread, i) -> {
      String name = "base-" + (thread * 50L + i % 50);
      return connection.request(
          "PUT", PATH + "/" + name, Bodies.configMap(name, value + "-" + thread + "-" + i));
    };
  }

  /// Takes away what was created, and fills the namespace of lists, whose size is known.
  private static void fill(Server server) throws Exception {
    boolean deleted;
    do {
      deleted = deletesCreated(server);
    } while (!deleted);
    new Load(server)
        .times(
            16,
            10_000,
            (connection, _, i) ->
                connection.request(
                    "POST",
                    "/api/v1/namespaces/lists/configmaps",
                    Bodies.configMap("item-" + i, "0")));
  }

  /// @return false: there were more than it could delete in the time that it gives a request
  private static boolean deletesCreated(Server server) throws IOException {
    try (Connection connection = server.open()) {
      connection.exchange(connection.request("DELETE", CREATED, ""));
      return true;
    } catch (RefusedException refusal) {
      if (!refusal.isTimeout()) {
        throw refusal;
      }
      return false;
    }
  }

  private void lists(Server server, int count) throws Exception {
    String path = count == 1_000 ? PATH : "/api/v1/namespaces/lists/configmaps";
    Load.Requests list = (connection, _, _) -> connection.request("GET", path, "");
    new Load(server).run(1, Duration.ofSeconds(2), list);
    measure(server, "list of " + count, 1, list);
  }

  /// Updates by eight writers, told to all watchers: how many events arrive in a second, all
  /// together.
  private void watch(Server server, int watchers) throws Exception {
    try (var watching = new Watchers(server, watchers, PATH + "?watch=true&resourceVersion=0")) {
      while (!allConnected(watchers, watching)) {
        touch(server);
      }
      updateAndTell(server, watching, WARM_UP_WATCHED, "warm" + watchers);
      double seconds = updateAndTell(server, watching, WATCHED, "w" + watchers);
      report.add(
          "api",
          server.figure("watch events to " + watchers + (watchers == 1 ? " watcher" : " watchers")),
          WATCHED * (double) watchers / seconds,
          "events/s");
    }
  }

  /// @return the seconds until every watcher had heard of every update
  private static double updateAndTell(Server server, Watchers watching, int updates, String value)
      throws Exception {
    long before = watching.arrived();
    long begin = System.nanoTime();
    new Load(server).times(8, updates, updates(value));
    while (watching.arrived() - before < (long) updates * watching.count()) {
      Thread.sleep(1);
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  private static boolean allConnected(int watchers, Watchers watching) throws Exception {
    long before = watching.arrived();
    Thread.sleep(300);
    return before >= watchers && watching.arrived() == before;
  }

  private static void touch(Server server) throws IOException {
    try (Connection connection = server.open()) {
      connection.exchange(
          connection.request(
              "PUT",
              PATH + "/base-0",
              Bodies.configMap("base-0", Long.toString(System.nanoTime()))));
    }
  }
}
