package dev.drydock.apiserver;

import dev.drydock.api.meta.EmulatedVersion;
import dev.drydock.api.status.ApiException;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.lifecycle.ComponentCommand.Surroundings;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Has the system's own objects made. Waits for etcd as long as it takes, and says so; says when
/// the server is of use.
final class Beginning implements Component {
  private static final Logger LOG = Logger.getLogger(Beginning.class.getName());
  private static final Duration AGAIN = Duration.ofMillis(250);
  private static final Duration REPAIR = Duration.ofMinutes(3);
  private static final Duration FLOWS = Duration.ofMinutes(1);
  private static final int LOOK = 20;

  private final SystemObjects objects;
  private final ApiServerSettings settings;
  private final Readiness readiness;
  private final Surroundings around;
  private @Nullable Thread worker;

  Beginning(
      SystemObjects objects, ApiServerSettings settings, Readiness readiness, Surroundings around) {
    this.objects = objects;
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
      around.timers().after(REPAIR, this::repair);
      LOG.info(
          "serving Kubernetes "
              + EmulatedVersion.GIT_VERSION
              + " on https://"
              + settings.serving().advertised()
              + ":"
              + settings.serving().rest().getPort()
              + ", gRPC on "
              + settings.serving().rpc().getPort());
      keepFlows();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean made() {
    try {
      objects.ensure();
      return true;
    } catch (ApiException failure) {
      LOG.warning("cannot make the system's own objects yet: " + failure.getMessage());
      return false;
    }
  }

  private void repair() {
    try {
      objects.registry().repairAllocations();
    } catch (RuntimeException failure) {
      LOG.warning("the books of addresses and ports were not checked: " + failure.getMessage());
    }
    around.timers().after(REPAIR, this::repair);
  }

  private void keepFlows() {
    try {
      objects.flows().run();
      objects.authentication().run();
    } catch (RuntimeException failure) {
      LOG.warning("the standing objects could not be seen to: " + failure.getMessage());
    }
    around
        .timers()
        .after(FLOWS, () -> Thread.ofVirtual().name("flow-schemas").start(this::keepFlows));
  }

  /// Certificates by which users are known have changed: says so to extension api-servers.
  void tellAuthorities() {
    Thread.ofVirtual()
        .name("authorities")
        .start(
            () -> {
              try {
                objects.authentication().run();
              } catch (RuntimeException failure) {
                LOG.warning("changed authorities are told later: " + failure.getMessage());
              }
            });
  }

  private void pause() throws InterruptedException {
    var passed = new CountDownLatch(1);
    around.timers().after(AGAIN, passed::countDown);
    passed.await();
  }
}
