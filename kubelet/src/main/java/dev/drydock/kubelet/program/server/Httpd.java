package dev.drydock.kubelet.program.server;

import dev.drydock.kubelet.program.Program;
import dev.drydock.kubelet.program.World;
import dev.drydock.kubelet.program.http.HttpRequest;
import dev.drydock.kubelet.program.http.HttpResponse;
import dev.drydock.kubelet.program.http.HttpServer;
import java.io.IOException;

/// Apache httpd: files below `/usr/local/apache2/htdocs` on port 80.
public final class Httpd implements Program {
  static final String ROOT = "/usr/local/apache2/htdocs";
  static final String VERSION = "Apache/2.4.65 (Unix)";

  @Override
  public int run(World world) throws IOException, InterruptedException {
    world.listen(80, new HttpServer(world, VERSION, (request, _) -> page(world, request)));
    String address = world.network().address();
    world.complain(
        "AH00558: httpd: Could not reliably determine the server's fully qualified domain name,"
            + " using "
            + address
            + ". Set the 'ServerName' directive globally to suppress this message");
    world.complain(
        "[mpm_event:notice] [pid 1:tid 1] AH00489: "
            + VERSION
            + " configured -- resuming normal operations");
    world.complain("[core:notice] [pid 1:tid 1] AH00094: Command line: 'httpd -D FOREGROUND'");
    world.awaitTermination();
    world.complain("[mpm_event:notice] [pid 1:tid 1] AH00491: caught SIGTERM, shutting down");
    return 0;
  }

  private static HttpResponse page(World world, HttpRequest request) {
    String path = world.path(ROOT + world.path("/" + request.path()));
    if (request.path().endsWith("/")) {
      path = path + "/index.html";
    }
    try {
      if (world.files().stat(path).filter(info -> !info.isDirectory()).isPresent()) {
        return HttpResponse.of(200, Nginx.type(path), world.files().read(path));
      }
    } catch (IOException e) {
      return HttpResponse.html(403, "<html><body><h1>Forbidden</h1></body></html>\n");
    }
    return HttpResponse.html(
        404,
        "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">\n<html><head>\n<title>404 Not"
            + " Found</title>\n</head><body>\n<h1>Not Found</h1>\n<p>The requested URL was not"
            + " found on this server.</p>\n</body></html>\n");
  }
}
