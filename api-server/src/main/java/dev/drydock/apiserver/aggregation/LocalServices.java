package dev.drydock.apiserver.aggregation;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.schema.TypeInfo;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.discovery.Priorities;
import dev.drydock.apiserver.discovery.Priority;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.served.LiveTypes;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.time.Timers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// Sees to it that every group version this server has is an APIService. Those of built-in groups
/// are made once, at the start; those of custom resources come and go with their definitions. An
/// APIService that somebody made himself is left alone. One thread does it; changes wake it.
public final class LocalServices implements Component {
  private static final Logger LOG = LoggerFactory.getLogger(LocalServices.class);
  private static final Duration AGAIN = Duration.ofMillis(250);
  private static final String MANAGED = "kube-aggregator.kubernetes.io/automanaged";
  private static final String OWN_GROUP = "apiregistration.k8s.io";

  private final ApiServices services;
  private final LiveTypes types;
  private final BooleanSupplier complete;
  private final ApiServiceWriter writer;
  private final Timers timers;
  private final Semaphore wake = new Semaphore(0);
  private final Thread thread = Thread.ofVirtual().name("local-apiservices").unstarted(this::run);
  private Timers.Cancellable next = () -> {};
  private boolean begun;

  /// How long an APIService of ours is kept.
  private enum Keeping {
    ONSTART("onstart"),
    ALWAYS("true");

    private final String label;

    Keeping(String label) {
      this.label = label;
    }
  }

  private record Wanted(String group, String version, Priority priority, Keeping keeping) {
    String name() {
      return version + "." + group;
    }
  }

  /// @param complete whether all types are known that were defined at the start
  public LocalServices(
      ApiServices services,
      LiveTypes types,
      BooleanSupplier complete,
      ApiServiceWriter writer,
      Timers timers) {
    this.services = services;
    this.types = types;
    this.complete = complete;
    this.writer = writer;
    this.timers = timers;
  }

  @Override
  public void start() {
    services.onChange(wake::release);
    types.onChange(wake::release);
    thread.start();
    wake.release();
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    try {
      while (true) {
        wake.acquire();
        wake.drainPermits();
        next.cancel();
        if (!services.isReady() || !complete.getAsBoolean() || !round()) {
          next = timers.after(AGAIN, wake::release);
        }
      }
    } catch (InterruptedException _) {
      LOG.debug("local APIServices are no more looked after");
    }
  }

  /// @return whether all is as it should be
  private boolean round() {
    boolean done = true;
    Map<String, Wanted> wanted = wanted();
    for (Wanted one : wanted.values()) {
      done &= attempt(() -> ensure(one));
    }
    for (ObjectNode present : Map.copyOf(services.objects()).values()) {
      String name = Trees.text(present, "metadata", "name");
      String label = Trees.text(present, "metadata", "labels", MANAGED);
      boolean ours = Keeping.ALWAYS.label.equals(label) || (isFirst() && !label.isEmpty());
      if (ours && !wanted.containsKey(name)) {
        done &= attempt(() -> writer.delete(present));
      }
    }
    begun |= done;
    return done;
  }

  private boolean isFirst() {
    return !begun;
  }

  private static boolean attempt(Runnable write) {
    try {
      write.run();
      return true;
    } catch (ApiException failure) {
      if (!failure.isConflict() && !failure.isNotFound()) {
        LOG.debug("an APIService could not be written: {}", failure.getMessage());
      }
      return failure.isNotFound();
    }
  }

  private Map<String, Wanted> wanted() {
    Map<String, Wanted> wanted = new HashMap<>();
    for (TypeInfo info : BuiltInTypes.get().all()) {
      ResourceType type = info.type();
      if (!type.group().equals(OWN_GROUP)) {
        Priority priority = Priorities.of(type.group(), type.version());
        var one = new Wanted(type.group(), type.version(), priority, Keeping.ONSTART);
        wanted.put(one.name(), one);
      }
    }
    types
        .state()
        .custom()
        .forEach(
            custom -> {
              ResourceType type = custom.info().type();
              var one = new Wanted(type.group(), type.version(), Priority.CUSTOM, Keeping.ALWAYS);
              wanted.putIfAbsent(one.name(), one);
            });
    return wanted;
  }

  private void ensure(Wanted one) {
    ObjectNode present = services.objects().get(one.name());
    if (present == null) {
      if (one.keeping() == Keeping.ALWAYS || isFirst()) {
        writer.create(fill(Trees.object(), one));
      }
      return;
    }
    String label = Trees.text(present, "metadata", "labels", MANAGED);
    boolean managed =
        label.equals(Keeping.ALWAYS.label) || (label.equals(Keeping.ONSTART.label) && isFirst());
    if (managed) {
      ObjectNode changed = fill(present.deepCopy(), one);
      if (!changed.equals(present)) {
        writer.update(changed);
      }
    }
  }

  private static ObjectNode fill(ObjectNode service, Wanted one) {
    service.put("apiVersion", OWN_GROUP + "/v1").put("kind", "APIService");
    ObjectNode metadata = Trees.child(service, "metadata");
    metadata.put("name", one.name());
    Trees.child(metadata, "labels").put(MANAGED, one.keeping().label);
    ObjectNode spec = service.putObject("spec");
    if (!one.group().isEmpty()) {
      spec.put("group", one.group());
    }
    spec.put("groupPriorityMinimum", one.priority().group());
    spec.put("version", one.version());
    spec.put("versionPriority", one.priority().version());
    return service;
  }
}
