package dev.drydock.kubelet.program.command;

import dev.drydock.kubelet.network.Connection;
import dev.drydock.kubelet.network.Endpoint;
import dev.drydock.kubelet.network.Protocol;
import dev.drydock.kubelet.program.Program;
import dev.drydock.kubelet.program.World;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// `nc`: standard input to a port and what comes back to standard output; `-u` UDP, `-z` only
/// looks whether the port is open, `-w` how many seconds to wait, `-v` tells.
final class NetCat implements Program {
  private static final int USUAL_SECONDS = 10;

  @Override
  public int run(World world) throws IOException {
    Arguments arguments = Arguments.parse(world.arguments(), Set.of("w", "p"));
    List<String> operands = arguments.operands();
    if (operands.size() < 2 || !operands.get(1).matches("[0-9]{1,5}")) {
      world.complain("nc: missing host or port");
      return 1;
    }
    var target = new Endpoint(operands.getFirst(), Integer.parseInt(operands.get(1)));
    Duration limit = Duration.ofSeconds(arguments.number("w", USUAL_SECONDS));
    boolean udp = arguments.has("u");
    Protocol protocol = udp ? Protocol.UDP : Protocol.TCP;
    try (Connection connection = world.network().dial(protocol, target, limit)) {
      if (arguments.has("v")) {
        String kind = udp ? "udp" : "tcp";
        world.complain(
            "Connection to %s %d port [%s/*] succeeded!"
                .formatted(target.host(), target.port(), kind));
      }
      if (!arguments.has("z")) {
        talk(world, connection, protocol, limit);
      }
      return 0;
    } catch (InterruptedIOException e) {
      if (e instanceof SocketTimeoutException) {
        return refuse(world, arguments, target, "timed out");
      }
      throw e;
    } catch (ConnectException | UnknownHostException e) {
      return refuse(world, arguments, target, String.valueOf(e.getMessage()));
    }
  }

  private static int refuse(World world, Arguments arguments, Endpoint target, String why)
      throws IOException {
    if (arguments.has("v")) {
      world.complain(
          "nc: connect to %s port %d failed: %s".formatted(target.host(), target.port(), why));
    }
    return 1;
  }

  /// The other side's word counts until it ends, or is silent for too long.
  private static void talk(World world, Connection connection, Protocol protocol, Duration limit)
      throws IOException {
    byte[] text = world.in().readAllBytes();
    if (text.length > 0) {
      connection.output().write(text);
    }
    if (protocol == Protocol.TCP) {
      connection.output().close();
    }
    byte[] buffer = new byte[4096];
    while (true) {
      var silence = world.timers().after(limit, connection::close);
      int read;
      try {
        read = connection.input().read(buffer);
      } catch (InterruptedIOException killed) {
        throw killed;
      } catch (IOException closed) {
        return;
      } finally {
        silence.cancel();
      }
      if (read <= 0) {
        return;
      }
      world.out().write(buffer, 0, read);
    }
  }
}
