package dev.drydock.kubelet.kernel;

import dev.drydock.api.netfilter.AddressRange;
import dev.drydock.client.time.Timers;
import dev.drydock.kubelet.network.Connection;
import dev.drydock.kubelet.network.Endpoint;
import dev.drydock.kubelet.network.Protocol;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// Brings a connection to where it goes once the rules have been applied.
final class Delivery {
  private final NodeKernel.Settings settings;
  private final Fabric fabric;
  private final Timers timers;

  Delivery(NodeKernel.Settings settings, Fabric fabric, Timers timers) {
    this.settings = settings;
    this.fabric = fabric;
    this.timers = timers;
  }

  Connection deliver(Tunnels.Flow flow, Duration timeout) throws IOException {
    String to = flow.pod().host();
    Optional<PodNamespace> here = fabric.find(to);
    if (here.isPresent()) {
      return here.get().accept(flow);
    }
    int address = AddressRange.address(to);
    if (settings.pods().contains(address)) {
      Endpoint kubelet = kubeletOf(to).orElseThrow(Delivery::noRoute);
      return fabric.tunnels().connect(kubelet, flow, timers.scaled(timeout));
    }
    if (settings.services().contains(address)) {
      throw noAnswer(timeout);
    }
    if (flow.protocol() != Protocol.TCP) {
      throw noRoute();
    }
    return dial(flow.pod(), timers.scaled(timeout));
  }

  private Optional<Endpoint> kubeletOf(String pod) {
    return fabric
        .routes()
        .kubeletOf(pod)
        .filter(kubelet -> !kubelet.host().equals(settings.address()));
  }

  private static NoRouteToHostException noRoute() {
    return new NoRouteToHostException("No route to host");
  }

  /// A real connection, from the node's address.
  private Connection dial(Endpoint to, Duration timeout) throws IOException {
    var socket = new Socket();
    try {
      if (settings.address().startsWith("127.") == to.host().startsWith("127.")) {
        socket.bind(new InetSocketAddress(settings.address(), 0));
      }
      socket.connect(
          new InetSocketAddress(to.host(), to.port()), (int) Math.max(1, timeout.toMillis()));
      return new SocketConnection(socket);
    } catch (IOException failure) {
      socket.close();
      throw failure;
    }
  }

  /// Waits as one does whose packets vanish.
  ///
  /// @return what to throw then
  SocketTimeoutException noAnswer(Duration timeout) throws InterruptedIOException {
    var over = new CountDownLatch(1);
    Timers.Cancellable timer = timers.after(timeout, over::countDown);
    try {
      over.await();
    } catch (InterruptedException _) {
      timer.cancel();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
    return new SocketTimeoutException("Connection timed out");
  }

  /// Which way a packet to this address takes, for people.
  String describe(String address) {
    Optional<PodNamespace> here = fabric.find(address);
    if (here.isPresent()) {
      return address + " is pod " + here.get().pod() + " on this node";
    }
    int bits = AddressRange.address(address);
    if (settings.pods().contains(bits)) {
      return kubeletOf(address)
          .map(kubelet -> address + " is reached through the kubelet at " + kubelet)
          .orElse(address + " is no pod's address: no route to host");
    }
    return settings.services().contains(bits)
        ? address + " is a Service's address without a rule: no answer"
        : address + " is reached over the computer's own network";
  }
}
