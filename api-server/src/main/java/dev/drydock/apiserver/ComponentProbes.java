package dev.drydock.apiserver;

import dev.drydock.apiserver.registry.componentstatus.ComponentProbe;
import dev.drydock.apiserver.storage.StorageException;
import dev.drydock.apiserver.storage.StoreHealth;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Asks scheduler, controller-manager and etcd for `kubectl get componentstatuses`: the first two
/// where they listen by default, on this server's own host.
final class ComponentProbes implements ComponentProbe {
  private static final int CONTROLLER_MANAGER_PORT = 10257;
  private static final int SCHEDULER_PORT = 10259;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final String host;
  private final StoreHealth etcd;
  private final int endpoints;

  /// @param endpoints how many addresses of etcd are known
  ComponentProbes(String host, StoreHealth etcd, int endpoints) {
    this.host = host;
    this.etcd = etcd;
    this.endpoints = endpoints;
  }

  @Override
  public List<ComponentHealth> probe() {
    var all = new ArrayList<ComponentHealth>();
    all.add(healthz("controller-manager", CONTROLLER_MANAGER_PORT));
    for (int i = 0; i < endpoints; i++) {
      all.add(etcd("etcd-" + i));
    }
    all.add(healthz("scheduler", SCHEDULER_PORT));
    return all;
  }

  private ComponentHealth etcd(String name) {
    try {
      etcd.requireAnswer(PATIENCE);
      return new ComponentHealth(name, Condition.HEALTHY, "ok", "");
    } catch (StorageException failure) {
      String why = String.valueOf(failure.getMessage());
      return new ComponentHealth(name, Condition.UNHEALTHY, why, "");
    }
  }

  private ComponentHealth healthz(String name, int port) {
    String address = host + ":" + port;
    String url = "http://" + address + "/healthz";
    try {
      var connection =
          (HttpURLConnection)
              new URI("http", null, host, port, "/healthz", null, null).toURL().openConnection();
      connection.setConnectTimeout((int) PATIENCE.toMillis());
      connection.setReadTimeout((int) PATIENCE.toMillis());
      connection.setInstanceFollowRedirects(false);
      int code = connection.getResponseCode();
      InputStream stream = code < 400 ? connection.getInputStream() : connection.getErrorStream();
      String body = stream == null ? "" : text(stream);
      return code < 400
          ? new ComponentHealth(name, Condition.HEALTHY, body, "")
          : new ComponentHealth(name, Condition.UNHEALTHY, body, "");
    } catch (ConnectException refused) {
      return unhealthy(
          name, "Get \"" + url + "\": dial tcp " + address + ": connect: connection refused");
    } catch (SocketTimeoutException late) {
      return unhealthy(name, "Get \"" + url + "\": context deadline exceeded");
    } catch (IOException | URISyntaxException failure) {
      return unhealthy(name, "Get \"" + url + "\": " + failure.getMessage());
    }
  }

  private static String text(InputStream stream) throws IOException {
    try (stream) {
      return new String(stream.readNBytes(10 * 1024), StandardCharsets.UTF_8);
    }
  }

  private static ComponentHealth unhealthy(String name, String why) {
    return new ComponentHealth(name, Condition.UNHEALTHY, why, "");
  }
}
