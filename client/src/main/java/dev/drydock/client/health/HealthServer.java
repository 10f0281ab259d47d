package dev.drydock.client.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.drydock.client.lifecycle.Component;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Answers `GET` on a few paths over plain HTTP: `ok` or what is wrong.
public final class HealthServer implements Component {
  private final InetSocketAddress address;
  private final Map<String, Supplier<Answer>> pages;
  private @Nullable HttpServer server;

  /// What a page says.
  public record Answer(int code, String contentType, String body) {
    public static Answer text(int code, String body) {
      return new Answer(code, "text/plain; charset=utf-8", body);
    }

    public static Answer json(int code, String body) {
      return new Answer(code, "application/json", body);
    }
  }

  /// A named thing that is well or not.
  ///
  /// @param name as shown with `?verbose`: `leaderElection`, `informer-sync`
  public record Check(String name, BooleanSupplier well) {}

  /// @param pages by exact path; `?query` is ignored
  public HealthServer(InetSocketAddress address, Map<String, Supplier<Answer>> pages) {
    this.address = address;
    this.pages = new LinkedHashMap<>(pages);
  }

  /// `/healthz`, `/livez`, `/readyz`, `/metrics` as every Kubernetes component has them.
  ///
  /// @param live what must hold for the process to be of use at all
  /// @param ready what must hold in addition before it does its work
  public static HealthServer standard(
      InetSocketAddress address, Metrics metrics, List<Check> live, List<Check> ready) {
    List<Check> all = new ArrayList<>(live);
    all.addAll(ready);
    Map<String, Supplier<Answer>> pages = new LinkedHashMap<>();
    pages.put("/healthz", () -> verdict("healthz", live));
    pages.put("/livez", () -> verdict("livez", live));
    pages.put("/readyz", () -> verdict("readyz", all));
    pages.put("/metrics", () -> new Answer(200, "text/plain; version=0.0.4", metrics.text()));
    return new HealthServer(address, pages);
  }

  /// `ok`, or the list of checks with the failed ones marked.
  static Answer verdict(String name, List<Check> checks) {
    var text = new StringBuilder();
    boolean well = true;
    for (Check check : checks) {
      boolean passed = check.well().getAsBoolean();
      well &= passed;
      text.append(passed ? "[+]" : "[-]").append(check.name());
      text.append(passed ? " ok\n" : " failed: reason withheld\n");
    }
    return well
        ? Answer.text(200, "ok")
        : Answer.text(500, text.append(name).append(" check failed\n").toString());
  }

  @Override
  public void start() {
    try {
      HttpServer started = HttpServer.create(address, 16);
      started.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      started.createContext("/", this::answer);
      started.start();
      server = started;
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "cannot listen on "
              + address.getHostString()
              + ":"
              + address.getPort()
              + ": "
              + failure.getMessage(),
          failure);
    }
  }

  /// The port it listens on: useful when 0 was asked for.
  public int port() {
    return server == null ? address.getPort() : server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Supplier<Answer> page = pages.get(exchange.getRequestURI().getPath());
      Answer answer = page == null ? Answer.text(404, "404 page not found\n") : page.get();
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.contentType());
      exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(answer.code(), head || body.length == 0 ? -1 : body.length);
      if (!head && body.length > 0) {
        try (OutputStream out = exchange.getResponseBody()) {
          out.write(body);
        }
      }
    }
  }

  @Override
  public void close() {
    if (server != null) {
      server.stop(0);
    }
  }
}
