package dev.drydock.kubelet.probes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.client.time.Timers;
import dev.drydock.kubelet.network.Connection;
import dev.drydock.kubelet.network.Endpoint;
import dev.drydock.kubelet.network.PodNetwork;
import dev.drydock.kubelet.network.Protocol;
import dev.drydock.kubelet.probes.Check.Answer;
import dev.drydock.kubelet.program.Streams;
import dev.drydock.kubelet.program.http.HttpCall;
import dev.drydock.kubelet.program.tls.TlsClient;
import dev.drydock.kubelet.runtime.ContainerId;
import dev.drydock.kubelet.runtime.ContainerRuntime;
import dev.drydock.kubelet.runtime.StartFailure;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.GRPCAction;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.HTTPHeader;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Makes checks and hook calls for the containers of a node.
///
/// @param host the node's own network, where a kubelet's requests come from
/// @param agent of HTTP requests: `kube-probe/1.36`
public record Checks(PodNetwork host, ContainerRuntime runtime, Timers timers, String agent) {
  private static final int MAX_OUTPUT = 10 * 1024;

  /// What is to be asked.
  ///
  /// @param address of the pod
  public record Target(Container container, ContainerId id, String address) {}

  /// The check that a probe describes.
  public Check check(Probe probe, Target target) {
    Duration timeout = Duration.ofSeconds(ProbeLoop.number(probe.getTimeoutSeconds(), 1));
    if (probe.getHttpGet() != null) {
      return () -> http(probe.getHttpGet(), target, timeout);
    }
    if (probe.getTcpSocket() != null) {
      String host = probe.getTcpSocket().getHost();
      return () -> tcp(host, probe.getTcpSocket().getPort(), target, timeout);
    }
    if (probe.getGrpc() != null) {
      return () -> grpc(probe.getGrpc(), target, timeout);
    }
    List<String> command = probe.getExec() == null ? List.of() : probe.getExec().getCommand();
    return () -> exec(command, target, timeout);
  }

  Answer http(HTTPGetAction action, Target target, Duration timeout) {
    Endpoint endpoint;
    try {
      endpoint = endpoint(action.getHost(), action.getPort(), target);
    } catch (NoSuchElementException e) {
      return Answer.bad(String.valueOf(e.getMessage()));
    }
    String path = action.getPath() == null ? "/" : action.getPath();
    String scheme = "HTTPS".equals(action.getScheme()) ? "https" : "http";
    String url = scheme + "://" + endpoint + (path.startsWith("/") ? path : "/" + path);
    HttpCall call = HttpCall.get(url.substring(url.indexOf('/', 8)), endpoint.toString(), agent);
    for (HTTPHeader header : action.getHttpHeaders()) {
      call = call.with(header.getName(), header.getValue());
    }
    HttpCall wanted = call;
    try {
      HttpCall.Reply reply =
          dialing(
              endpoint,
              timeout,
              plain -> wanted.send(scheme.equals("https") ? TlsClient.secured(plain) : plain));
      return reply.status() >= 200 && reply.status() < 400
          ? Answer.good()
          : Answer.bad("HTTP probe failed with statuscode: " + reply.status());
    } catch (SocketTimeoutException e) {
      return Answer.bad(
          "Get \""
              + url
              + "\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)");
    } catch (IOException e) {
      return Answer.bad("Get \"" + url + "\": " + dialText(endpoint, e));
    }
  }

  private Answer tcp(@Nullable String host, IntOrString port, Target target, Duration timeout) {
    Endpoint endpoint;
    try {
      endpoint = endpoint(host, port, target);
    } catch (NoSuchElementException e) {
      return Answer.bad(String.valueOf(e.getMessage()));
    }
    try {
      return dialing(endpoint, timeout, _ -> Answer.good());
    } catch (SocketTimeoutException e) {
      return Answer.bad("dial tcp " + endpoint + ": i/o timeout");
    } catch (IOException e) {
      return Answer.bad(dialText(endpoint, e));
    }
  }

  private Answer grpc(GRPCAction action, Target target, Duration timeout) {
    Endpoint endpoint = new Endpoint(target.address(), action.getPort());
    String service = action.getService() == null ? "" : action.getService();
    GrpcCheck check = new GrpcCheck(endpoint, agent, service, timeout);
    try {
      return dialing(endpoint, timeout, check::ask);
    } catch (IOException e) {
      return check.failed(e);
    }
  }

  Answer exec(List<String> command, Target target, Duration timeout) throws InterruptedException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    AtomicReference<Duration> late = new AtomicReference<>(Duration.ZERO);
    Thread self = Thread.currentThread();
    Timers.Cancellable timer =
        timers.after(
            timeout,
            () -> {
              late.set(timeout);
              self.interrupt();
            });
    try {
      Streams streams = new Streams(InputStream.nullInputStream(), output, output);
      int code = runtime.exec(target.id(), command, streams);
      return code == 0 ? Answer.good() : Answer.bad(text(output));
    } catch (StartFailure e) {
      return Answer.bad(String.valueOf(e.getMessage()));
    } catch (NoSuchElementException e) {
      return Answer.bad("container not found");
    } catch (InterruptedException e) {
      if (late.get().isZero()) {
        throw e;
      }
      return Answer.bad(
          "command timed out: \""
              + String.join(" ", command)
              + "\" timed out after "
              + late.get().toSeconds()
              + "s");
    } finally {
      timer.cancel();
      if (!late.get().isZero()) {
        Thread.interrupted();
      }
    }
  }

  private interface Use<R> {
    R with(Connection connection) throws IOException;
  }

  @SuppressWarnings("try") // Closing it is how the timer ends the wait.
  private <R> R dialing(Endpoint endpoint, Duration timeout, Use<R> use) throws IOException {
    AtomicReference<Duration> late = new AtomicReference<>(Duration.ZERO);
    try (Connection connection = host.dial(Protocol.TCP, endpoint, timeout)) {
      Timers.Cancellable timer =
          timers.after(
              timeout,
              () -> {
                late.set(timeout);
                connection.close();
              });
      try {
        return use.with(connection);
      } finally {
        timer.cancel();
      }
    } catch (IOException e) {
      if (late.get().isZero()) {
        throw e;
      }
      SocketTimeoutException slow = new SocketTimeoutException("timed out");
      slow.initCause(e);
      throw slow;
    }
  }

  private static String dialText(Endpoint endpoint, IOException failure) {
    String prefix = "dial tcp " + endpoint + ": ";
    if (failure instanceof ConnectException) {
      String text = failure.getMessage() == null ? "connection refused" : failure.getMessage();
      return prefix + "connect: " + text.toLowerCase(Locale.ROOT);
    }
    return failure instanceof EOFException ? "EOF" : prefix + failure.getMessage();
  }

  private static Endpoint endpoint(@Nullable String host, IntOrString port, Target target) {
    return new Endpoint(
        host == null || host.isEmpty() ? target.address() : host, number(port, target.container()));
  }

  private static int number(IntOrString port, Container container) {
    if (port.getIntVal() != null) {
      return port.getIntVal();
    }
    String name = port.getStrVal();
    if (name.matches("[0-9]{1,5}")) {
      return Integer.parseInt(name);
    }
    for (ContainerPort known : container.getPorts()) {
      if (name.equals(known.getName())) {
        return known.getContainerPort();
      }
    }
    throw new NoSuchElementException("couldn't find port: " + name);
  }

  private static String text(ByteArrayOutputStream output) {
    byte[] bytes = output.toByteArray();
    return new String(bytes, 0, Math.min(bytes.length, MAX_OUTPUT), UTF_8);
  }
}
