package dev.drydock.kubelet.program.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.kubelet.network.Connection;
import dev.drydock.kubelet.program.Program;
import dev.drydock.kubelet.program.Programs;
import dev.drydock.kubelet.program.World;
import dev.drydock.kubelet.program.http.HttpRequest;
import dev.drydock.kubelet.program.http.HttpResponse;
import dev.drydock.kubelet.program.http.HttpServer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// The servers by the names under which images call them.
public final class Servers implements Programs.Family {
  /// What runs in an image that nobody described.
  public static final String PLAIN = "drydock-server";

  @Override
  public Map<String, Program> programs() {
    Map<String, Program> all = new TreeMap<>();
    all.put("nginx", new Nginx());
    all.put("docker-entrypoint.sh", new Nginx());
    all.put("httpd-foreground", new Httpd());
    all.put("httpd", new Httpd());
    all.put("redis-server", new Redis());
    all.put(PLAIN, new PlainServer());
    all.put("pause", Servers::pause);
    all.put("whoami", world -> serve(world, 80, "", Servers::whoami));
    all.put("echo-server", world -> serve(world, 8080, "", Servers::whoami));
    all.put("nonewprivs", Servers::effectiveUser);
    all.put("hello-app", world -> serve(world, 8080, "", Servers::hello));
    all.put("http-echo", Servers::httpEcho);
    all.put("serve_hostname", world -> serve(world, 9376, "", Servers::hostname));
    all.put("liveness-server", Servers::failingHealth);
    return all;
  }

  static int serve(World world, int port, String name, Page page)
      throws IOException, InterruptedException {
    int chosen = portOf(world, port);
    world.listen(
        chosen,
        new HttpServer(
            world, name, (request, connection) -> page.answer(world, request, connection)));
    world.print("listening on :" + chosen);
    world.awaitTermination();
    return 0;
  }

  /// A page that depends on who serves it.
  @FunctionalInterface
  interface Page {
    HttpResponse answer(World world, HttpRequest request, Connection connection);
  }

  private static int portOf(World world, int usual) {
    String wanted = world.environment().getOrDefault("PORT", "");
    return wanted.matches("[0-9]{1,5}") ? Integer.parseInt(wanted) : usual;
  }

  /// Of a program that would become root if it were allowed to.
  private static int effectiveUser(World world) throws IOException {
    world.print("Effective uid: " + world.user().uid());
    return 0;
  }

  private static int pause(World world) throws InterruptedException {
    world.awaitTermination();
    return 0;
  }

  static HttpResponse hostname(World world, HttpRequest request, Connection connection) {
    return HttpResponse.text(200, world.identity().hostname());
  }

  private static HttpResponse hello(World world, HttpRequest request, Connection connection) {
    return HttpResponse.text(
        200, "Hello, world!\nVersion: 1.0.0\nHostname: " + world.identity().hostname() + "\n");
  }

  private static HttpResponse whoami(World world, HttpRequest request, Connection connection) {
    StringBuilder text = new StringBuilder();
    text.append("Hostname: ").append(world.identity().hostname()).append('\n');
    text.append("IP: 127.0.0.1\nIP: ").append(world.network().address()).append('\n');
    text.append("RemoteAddr: ").append(connection.remote()).append('\n');
    text.append(request.method()).append(' ').append(request.target()).append(" HTTP/1.1\n");
    request.headers().forEach((key, value) -> text.append(title(key) + ": " + value + "\n"));
    text.append('\n').append(new String(request.body(), UTF_8));
    return HttpResponse.text(200, text.toString());
  }

  private static String title(String header) {
    StringBuilder text = new StringBuilder();
    for (String part : header.split("-", -1)) {
      text.append(text.isEmpty() ? "" : "-");
      text.append(part.isEmpty() ? "" : Character.toUpperCase(part.charAt(0)) + part.substring(1));
    }
    return text.toString();
  }

  private static int httpEcho(World world) throws IOException, InterruptedException {
    String text = "hello-world";
    int port = 5678;
    for (int i = 1; i < world.arguments().size(); i++) {
      String argument = world.arguments().get(i).replaceFirst("^--?", "");
      if (argument.startsWith("text=")) {
        text = argument.substring(5);
      } else if (argument.startsWith("listen=")) {
        port = Integer.parseInt(argument.substring(argument.lastIndexOf(':') + 1));
      }
    }
    String answer = text + "\n";
    return serve(world, port, "", (_, _, _) -> HttpResponse.text(200, answer));
  }

  /// The server of Kubernetes' liveness example: healthy for ten seconds, then not.
  private static int failingHealth(World world) throws IOException, InterruptedException {
    Instant started = world.clock().instant();
    return serve(
        world,
        8080,
        "",
        (self, _, _) -> {
          Duration age = Duration.between(started, self.clock().instant());
          return age.compareTo(Duration.ofSeconds(10)) > 0
              ? HttpResponse.text(500, "error: " + age.toMillis() / 1000.0)
              : HttpResponse.text(200, "ok");
        });
  }
}
