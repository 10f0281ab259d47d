package dev.drydock.kubelet.program.agnhost;

import dev.drydock.kubelet.program.World;
import dev.drydock.kubelet.program.http.HttpServer;
import dev.drydock.kubelet.program.tls.KeyPairs;
import dev.drydock.kubelet.program.tls.TlsServer;
import java.io.IOException;

/// HTTPS with the certificate that the flags name.
final class SecureServer {
  private SecureServer() {}

  static int serve(World world, int usualPort, HttpServer.Handler handler)
      throws IOException, InterruptedException {
    Flags flags = Flags.of(world);
    int port = flags.number("port", usualPort);
    try {
      var context =
          KeyPairs.context(
              world.files().readText(world.path(flags.text("tls-cert-file"))),
              world.files().readText(world.path(flags.text("tls-private-key-file"))));
      world.listen(port, new TlsServer(context, new HttpServer(world, "", handler)));
    } catch (IOException e) {
      world.complain("F " + e.getMessage());
      return 255;
    }
    world.awaitTermination();
    return 2;
  }
}
