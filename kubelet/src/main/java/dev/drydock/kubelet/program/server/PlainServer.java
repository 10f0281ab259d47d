package dev.drydock.kubelet.program.server;

import dev.drydock.kubelet.network.Connection;
import dev.drydock.kubelet.program.Identity;
import dev.drydock.kubelet.program.Program;
import dev.drydock.kubelet.program.World;
import dev.drydock.kubelet.program.grpc.Health;
import dev.drydock.kubelet.program.grpc.HealthServer;
import dev.drydock.kubelet.program.http.HttpRequest;
import dev.drydock.kubelet.program.http.HttpResponse;
import dev.drydock.kubelet.program.http.HttpServer;
import java.io.IOException;

/// Runs an image that nobody described: serves its ports with an answer that names pod, node and
/// image, until it is asked to stop. Who asks by gRPC is told that all is well.
public final class PlainServer implements Program {

  @Override
  public int run(World world) throws IOException, InterruptedException {
    Identity self = world.identity();
    HealthServer health = new HealthServer(_ -> new Health.Answer.Status(Health.Serving.SERVING));
    HttpServer pages =
        new HttpServer(world, "drydock", (request, from) -> answer(world, request, from));
    for (int port : self.ports()) {
      world.listen(port, health.before(pages));
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
