package dev.drydock.apiserver;

import dev.drydock.api.meta.EmulatedVersion;
import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.request.ApiService;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.apiserver.request.ServedTypes;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.User;
import dev.drydock.apiserver.request.WriteOptions;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.lifecycle.ComponentCommand.Surroundings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Makes what every cluster has: the system namespaces and the Service `kubernetes`. Waits for
/// etcd as long as it takes, and says so; says when the server is of use.
final class Bootstrap implements Component {
  private static final Logger LOG = Logger.getLogger(Bootstrap.class.getName());
  private static final Duration AGAIN = Duration.ofMillis(250);
  private static final int LOOK = 20;

  private final ApiService service;
  private final ServedTypes types;
  private final ApiServerSettings settings;
  private final Readiness readiness;
  private final Surroundings around;
  private @Nullable Thread worker;

  Bootstrap(
      ApiService service,
      ServedTypes types,
      ApiServerSettings settings,
      Readiness readiness,
      Surroundings around) {
    this.service = service;
    this.types = types;
    this.settings = settings;
    this.readiness = readiness;
    this.around = around;
  }

  @Override
  public void start() {
    worker = Thread.ofVirtual().name("bootstrap").start(this::run);
  }

  @Override
  public void close() {
    Thread running = worker;
    if (running != null) {
      running.interrupt();
    }
  }

  private void run() {
    try {
      for (int round = 1; !readiness.isLoaded(); round++) {
        if (round % LOOK == 0) {
          LOG.warning("waiting for etcd at " + settings.etcd().endpoints());
        }
        pause();
      }
      while (!made()) {
        pause();
      }
      readiness.bootstrapped();
      LOG.info(
          "serving Kubernetes "
              + EmulatedVersion.GIT_VERSION
              + " on https://"
              + settings.serving().advertised()
              + ":"
              + settings.serving().rest().getPort()
              + ", gRPC on "
              + settings.serving().rpc().getPort());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean made() {
    try {
      ClusterObjects objects = ClusterObjects.of(settings);
      objects.namespaces().forEach(one -> ensure("", "v1", "namespaces", "", one));
      ensure("", "v1", "services", "default", objects.service());
      ensure("", "v1", "endpoints", "default", objects.endpoints());
      ensure("discovery.k8s.io", "v1", "endpointslices", "default", objects.slice());
      return true;
    } catch (ApiException failure) {
      LOG.warning("cannot make the system's own objects yet: " + failure.getMessage());
      return false;
    }
  }

  private void ensure(
      String group, String version, String resource, String namespace, ObjectNode object) {
    ResourceType type = types.find(group, version, resource).orElseThrow();
    String name = object.path("metadata").path("name").asString("");
    RequestContext context = context();
    try {
      service.get(context, new Target(type, namespace, name, ""), ReadOptions.NONE);
      return;
    } catch (ApiException failure) {
      if (!failure.isNotFound()) {
        throw failure;
      }
    }
    try {
      service.create(
          context,
          new Target(type, namespace, "", ""),
          object,
          new WriteOptions(
              WriteOptions.Persistence.STORED,
              "kube-apiserver",
              WriteOptions.FieldValidation.IGNORE));
    } catch (ApiException failure) {
      if (!failure.isAlreadyExists()) {
        throw failure;
      }
    }
  }

  private RequestContext context() {
    return new RequestContext(
        User.of("system:apiserver", List.of(User.MASTERS, User.AUTHENTICATED)),
        "kube-apiserver/" + EmulatedVersion.GIT_VERSION,
        List.of(),
        around.clock().instant(),
        _ -> {});
  }

  private void pause() throws InterruptedException {
    var passed = new CountDownLatch(1);
    around.timers().after(AGAIN, passed::countDown);
    passed.await();
  }
}
