package dev.drydock.kubelet.program.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.kubelet.network.Connection;
import dev.drydock.kubelet.program.ProcessTable;
import dev.drydock.kubelet.program.Program;
import dev.drydock.kubelet.program.World;
import dev.drydock.kubelet.program.http.HttpRequest;
import dev.drydock.kubelet.program.http.HttpResponse;
import dev.drydock.kubelet.program.http.HttpServer;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// nginx with its default configuration: files below `/usr/share/nginx/html` on port 80, the start
/// of its log, one access line a request.
public final class Nginx implements Program {
  static final String ROOT = "/usr/share/nginx/html";
  static final String VERSION = "nginx/1.29.1";

  private static final DateTimeFormatter ERROR_TIME =
      DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter ACCESS_TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final List<String> ENTRYPOINT =
      List.of(
          "/docker-entrypoint.sh: /docker-entrypoint.d/ is not empty, will attempt to perform"
              + " configuration",
          "/docker-entrypoint.sh: Looking for shell scripts in /docker-entrypoint.d/",
          "/docker-entrypoint.sh: Launching /docker-entrypoint.d/10-listen-on-ipv6-by-default.sh",
          "10-listen-on-ipv6-by-default.sh: info: Getting the checksum of"
              + " /etc/nginx/conf.d/default.conf",
          "10-listen-on-ipv6-by-default.sh: info: Enabled listen on IPv6 in"
              + " /etc/nginx/conf.d/default.conf",
          "/docker-entrypoint.sh: Sourcing /docker-entrypoint.d/15-local-resolvers.envsh",
          "/docker-entrypoint.sh: Launching /docker-entrypoint.d/20-envsubst-on-templates.sh",
          "/docker-entrypoint.sh: Launching /docker-entrypoint.d/30-tune-worker-processes.sh",
          "/docker-entrypoint.sh: Configuration complete; ready for start up");

  @Override
  public int run(World world) throws IOException, InterruptedException {
    List<String> line = world.arguments();
    if (line.getFirst().endsWith(".sh")) {
      if (line.size() > 1 && !line.get(1).equals("nginx")) {
        return insteadOfNginx(world, line.subList(1, line.size()));
      }
      world.print(String.join("\n", ENTRYPOINT));
    }
    int port = 80;
    try {
      world.listen(
          port,
          new HttpServer(
              world, VERSION, (request, connection) -> answer(world, request, connection)));
    } catch (java.net.BindException e) {
      notice(world, "emerg", "bind() to 0.0.0.0:80 failed (98: Address already in use)");
      return 1;
    }
    notice(world, "notice", "using the \"epoll\" event method");
    notice(world, "notice", VERSION);
    notice(world, "notice", "built by gcc 12.2.0 (Debian 12.2.0-14+deb12u1) ");
    notice(world, "notice", "OS: Linux 6.12.0-drydock");
    notice(world, "notice", "getrlimit(RLIMIT_NOFILE): 1048576:1048576");
    notice(world, "notice", "start worker processes");
    notice(world, "notice", "start worker process 29");
    world.awaitTermination();
    notice(world, "notice", "signal 15 (SIGTERM) received, exiting");
    notice(world, "notice", "exit");
    return 0;
  }

  /// What the image's entry point does with any other command.
  private static int insteadOfNginx(World world, List<String> line)
      throws IOException, InterruptedException {
    Optional<Program> program = world.programs().find(line.getFirst());
    if (program.isEmpty()) {
      world.complain("/docker-entrypoint.sh: exec: " + line.getFirst() + ": not found");
      return 127;
    }
    return program
        .get()
        .run(
            world.as(
                new ProcessTable.Launch(
                    program.get(), line, world.environment(), world.directory(), world.streams())));
  }

  private static HttpResponse answer(World world, HttpRequest request, Connection connection)
      throws IOException {
    HttpResponse response = page(world, request);
    world.print(
        connection.remote().host()
            + " - - ["
            + ACCESS_TIME.format(world.clock().instant())
            + "] \""
            + request.method()
            + " "
            + request.target()
            + " "
            + request.version()
            + "\" "
            + response.status()
            + " "
            + response.body().length
            + " \"-\" \""
            + (request.header("user-agent").isEmpty() ? "-" : request.header("user-agent"))
            + "\" \"-\"");
    return response;
  }

  private static HttpResponse page(World world, HttpRequest request) {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return error(405, "Not Allowed");
    }
    String path = world.path(ROOT + world.path("/" + request.path()));
    if (request.path().endsWith("/")) {
      path = path + "/index.html";
    }
    try {
      var info = world.files().stat(path);
      if (info.isEmpty()) {
        world.complain(
            ERROR_TIME.format(world.clock().instant())
                + " [error] 29#29: *1 open() \""
                + path
                + "\" failed (2: No such file or directory), request: \""
                + request.method()
                + " "
                + request.target()
                + " "
                + request.version()
                + "\"");
        return request.path().endsWith("/") ? error(403, "Forbidden") : error(404, "Not Found");
      }
      if (info.get().isDirectory()) {
        return error(301, "Moved Permanently").with("Location", request.path() + "/");
      }
      return HttpResponse.of(200, type(path), world.files().read(path))
          .with("Last-Modified", HttpServer.DATE.format(info.get().modified()))
          .with("Accept-Ranges", "bytes");
    } catch (IOException e) {
      return error(403, "Forbidden");
    }
  }

  private static HttpResponse error(int status, String reason) {
    String title = status + " " + reason;
    return HttpResponse.of(
        status,
        "text/html",
        ("<html>\r\n<head><title>"
                + title
                + "</title></head>\r\n<body>\r\n<center><h1>"
                + title
                + "</h1></center>\r\n<hr><center>"
                + VERSION
                + "</center>\r\n</body>\r\n</html>\r\n")
            .getBytes(UTF_8));
  }

  static String type(String path) {
    return switch (path.substring(path.lastIndexOf('.') + 1)) {
      case "html", "htm" -> "text/html";
      case "css" -> "text/css";
      case "js" -> "application/javascript";
      case "json" -> "application/json";
      case "txt" -> "text/plain";
      case "svg" -> "image/svg+xml";
      default -> "application/octet-stream";
    };
  }

  private static void notice(World world, String level, String text) throws IOException {
    world.complain(ERROR_TIME.format(world.clock().instant()) + " [" + level + "] 1#1: " + text);
  }
}
