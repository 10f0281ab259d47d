package dev.drydock.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// The api-server under load: ConfigMaps over HTTPS and JSON, on two cores that the load generator
/// shares.
final class ApiBench {
  private static final String PATH = "/api/v1/namespaces/bench/configmaps";
  private static final String CREATED = "/api/v1/namespaces/created/configmaps";
  private static final Duration WARM_UP = Duration.ofSeconds(4);
  private static final Duration TIME = Duration.ofSeconds(5);
  private static final int WATCH_UPDATES = 3_000;

  private final Load load;
  private final Load.Connector connector;
  private final Report report;

  ApiBench(Load.Connector connector, Report report) {
    this.connector = connector;
    this.load = new Load(connector);
    this.report = report;
  }

  void run() throws Exception {
    for (String name : List.of("bench", "created", "lists")) {
      namespace(name);
    }
    try (Connection connection = connector.open()) {
      for (int i = 0; i < 1_000; i++) {
        connection.exchange(connection.request("POST", PATH, configMap("base-" + i, "0")));
      }
    }
    Load.Requests get =
        (connection, _, i) -> connection.request("GET", PATH + "/base-" + i % 1000, "");
    load.run(4, WARM_UP, get);
    measure("get", 1, get);
    measure("get", 16, get);
    measure("get", 32, get);
    lists(1_000);
    load.run(4, WARM_UP, creates("warm"));
    measure("create", 1, creates("new-1"));
    measure("create", 16, creates("new-16"));
    load.run(4, WARM_UP, updates("warm"));
    measure("update", 1, updates("1"));
    measure("update", 16, updates("16"));
    try (Connection connection = connector.open()) {
      connection.exchange(connection.request("DELETE", CREATED, ""));
    }
    fillTo(10_000);
    lists(10_000);
    watch(1);
    watch(100);
  }

  private void measure(String what, int connections, Load.Requests requests) throws Exception {
    Load.Result result = load.run(connections, TIME, requests);
    String name = what + ", " + connections + (connections == 1 ? " connection" : " connections");
    report.add("api", name, result.perSecond(), "req/s");
    report.add("api", name + ": p50", result.millis(50), "ms");
    report.add("api", name + ": p99", result.millis(99), "ms");
  }

  private void namespace(String name) throws IOException {
    try (Connection connection = connector.open()) {
      connection.exchange(
          connection.request(
              "POST",
              "/api/v1/namespaces",
              "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"%s\"}}"
                  .formatted(name)));
    }
  }

  private static Load.Requests creates(String prefix) {
    return (connection, thread, i) ->
        connection.request("POST", CREATED, configMap(prefix + "-" + thread + "-" + i, "0"));
  }

  private static Load.Requests updates(String value) {
    return (connection, thread, i) -> {
      String name = "base-" + (thread * 50L + i % 50);
      return connection.request(
          "PUT", PATH + "/" + name, configMap(name, value + "-" + thread + "-" + i));
    };
  }

  /// The namespace of lists, whose size is known.
  private void fillTo(int count) throws Exception {
    load.times(
        16,
        count,
        (connection, _, i) ->
            connection.request(
                "POST", "/api/v1/namespaces/lists/configmaps", configMap("item-" + i, "0")));
  }

  private void lists(int count) throws Exception {
    String path = count == 1_000 ? PATH : "/api/v1/namespaces/lists/configmaps";
    Load.Requests list = (connection, _, _) -> connection.request("GET", path, "");
    load.run(1, Duration.ofSeconds(2), list);
    measure("list of " + count, 1, list);
  }

  /// Updates by eight writers, told to all watchers: how many events arrive in a second, all
  /// together.
  private void watch(int watchers) throws Exception {
    try (var watching = new Watchers(connector, watchers, PATH + "?watch=true&resourceVersion=0")) {
      while (!allConnected(watchers, watching)) {
        touch(0);
      }
      long before = watching.arrived();
      int updates = watchers == 1 ? WATCH_UPDATES : WATCH_UPDATES / 2;
      long begin = System.nanoTime();
      load.times(
          8,
          updates,
          (connection, thread, i) -> {
            String name = "base-" + (thread * 50L + i % 50);
            return connection.request(
                "PUT", PATH + "/" + name, configMap(name, "w" + watchers + "-" + i));
          });
      while (watching.arrived() - before < (long) updates * watchers) {
        Thread.sleep(1);
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      report.add(
          "api",
          "watch events to " + watchers + (watchers == 1 ? " watcher" : " watchers"),
          updates * (double) watchers / seconds,
          "events/s");
    }
  }

  private static boolean allConnected(int watchers, Watchers watching) throws Exception {
    long before = watching.arrived();
    Thread.sleep(300);
    return before >= watchers && watching.arrived() == before;
  }

  private void touch(long n) throws IOException {
    try (Connection connection = connector.open()) {
      String name = "base-" + n;
      connection.exchange(
          connection.request(
              "PUT", PATH + "/" + name, configMap(name, Long.toString(System.nanoTime()))));
    }
  }

  static String configMap(String name, String value) {
    return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\""
        + name
        + "\",\"labels\":{\"app\":\"bench\"}},\"data\":{\"value\":\""
        + value
        + "\",\"text\":\"a figure is worth what its measurement is worth\"}}";
  }
}
