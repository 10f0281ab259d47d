package dev.drydock.kubelet.program.server;

import dev.drydock.kubelet.network.Connection;
import dev.drydock.kubelet.program.Identity;
import dev.drydock.kubelet.program.Program;
import dev.drydock.kubelet.program.World;
import dev.drydock.kubelet.program.http.HttpRequest;
import dev.drydock.kubelet.program.http.HttpResponse;
import dev.drydock.kubelet.program.http.HttpServer;
import java.io.IOException;

/// Runs an image that nobody described: serves its ports with an answer that names pod, node and
/// image, until it is asked to stop.
public final class PlainServer implements Program {

  @Override
  public int run(World world) throws IOException, InterruptedException {
    Identity self = world.identity();
    for (int port : self.ports()) {
      world.listen(
          port, new HttpServer(world, "drydock", (request, from) -> answer(world, request, from)));
      world.print("listening on port " + port);
    }
    world.print("simulated program of image " + self.image() + " runs");
    world.awaitTermination();
    return 0;
  }

  private static HttpResponse answer(World world, HttpRequest request, Connection from) {
    Identity self = world.identity();
    return HttpResponse.text(
        200,
        "pod: "
            + self.pod()
            + "\nnamespace: "
            + self.namespace()
            + "\nnode: "
            + self.node()
            + "\nimage: "
            + self.image()
            + "\naddress: "
            + from.local()
            + "\nclient: "
            + from.remote()
            + "\nrequest: "
            + request.method()
            + " "
            + request.target()
            + "\n");
  }
}
