package dev.drydock.kubelet.program.agnhost;

import dev.drydock.api.time.GoDuration;
import dev.drydock.kubelet.program.World;
import dev.drydock.kubelet.program.grpc.Health;
import dev.drydock.kubelet.program.grpc.HealthServer;
import dev.drydock.kubelet.program.http.HttpRequest;
import dev.drydock.kubelet.program.http.HttpResponse;
import dev.drydock.kubelet.program.http.HttpServer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/// A server with gRPC's health service. `/make-not-serving` and `/make-serving` on its HTTP port
/// switch, and so does a delay.
final class GrpcHealth {
  private final World world;
  private final String service;
  private final int unhealthyAfter;
  private final Instant started;
  private volatile Health.Serving wanted = Health.Serving.SERVING;

  private GrpcHealth(World world, Flags flags) {
    this.world = world;
    this.service = flags.text("service");
    this.unhealthyAfter = flags.number("delay-unhealthy-sec", -1);
    this.started = world.clock().instant();
  }

  static int run(World world) throws IOException, InterruptedException {
    Flags flags = Flags.of(world);
    var health = new GrpcHealth(world, flags);
    int port = flags.number("port", 5000);
    int httpPort = flags.number("http-port", 8080);
    world.listen(port, new HealthServer(health::check));
    world.listen(httpPort, new HttpServer(world, "", (request, _) -> health.answer(request)));
    world.print("gRPC server starting to listen on :" + port);
    world.print("Http server starting to listen on :" + httpPort);
    world.awaitTermination();
    return 0;
  }

  private Health.Answer check(String asked) {
    if (!asked.equals(service)) {
      return Health.unknownService();
    }
    boolean late = unhealthyAfter >= 0 && age().toSeconds() >= unhealthyAfter;
    return new Health.Answer.Status(late ? Health.Serving.NOT_SERVING : wanted);
  }

  private HttpResponse answer(HttpRequest request) {
    switch (request.path()) {
      case "/make-serving" -> wanted = Health.Serving.SERVING;
      case "/make-not-serving" -> wanted = Health.Serving.NOT_SERVING;
      default -> {
        return HttpResponse.text(404, "404 page not found\n");
      }
    }
    return HttpResponse.text(200, GoDuration.format(age()));
  }

  private Duration age() {
    return Duration.between(started, world.clock().instant());
  }
}
