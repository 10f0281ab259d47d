package dev.drydock.kubelet.pods;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.Revision;
import dev.drydock.api.meta.Uid;
import dev.drydock.client.cause.Causes;
import dev.drydock.client.event.EventRecorder;
import dev.drydock.client.ledger.Effects;
import dev.drydock.client.log.InteractionLog;
import dev.drydock.client.resource.Kinds;
import dev.drydock.kubelet.network.PodNetwork;
import dev.drydock.kubelet.status.PodView;
import dev.drydock.kubelet.volumes.DownwardFields;
import dev.drydock.kubelet.volumes.PodVolumes;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One pod's state as its worker holds it, and how its parts come back into the mailbox.
final class PodContext {
  final PodServices services;
  final Uid uid;
  final ObjectKey key;
  private final Mailbox mailbox;
  private final Runnable sync;

  /// The newest that is known of it.
  volatile Pod pod;

  /// The write that made us do what we do: the binding, a change of the spec, the deletion.
  volatile Revision cause;

  @Nullable PodNetwork network;
  @Nullable PodVolumes volumes;
  String ip = "";
  @Nullable Instant startedAt;
  PodView.@Nullable Verdict verdict;

  /// @param sync what follows each change
  PodContext(Pod pod, PodServices services, Runnable sync) {
    this.pod = pod;
    this.services = services;
    this.sync = sync;
    this.uid = Uid.of(pod);
    this.key = ObjectKey.of(pod);
    this.cause = Revision.of(pod);
    this.mailbox = new Mailbox(services.pace().executor());
  }

  /// Makes the change in the mailbox, then takes the next steps.
  void later(Runnable change) {
    mailbox.post(
        () ->
            Causes.with(
                List.of(cause),
                () -> {
                  change.run();
                  sync.run();
                }));
  }

  /// The same when the time has passed.
  void laterAfter(Duration delay, Runnable change) {
    services.pace().timers().after(delay, () -> later(change));
  }

  /// Does something that takes long, on another thread, with the causes of this one.
  void aside(Runnable task) {
    Causes.Scope scope = Causes.current();
    services.pace().executor().execute(() -> scope.run(task));
  }

  Instant now() {
    return services.pace().clock().instant();
  }

  /// What is left of a time that began then.
  Duration remaining(Duration whole, Instant since) {
    Duration scaled = services.pace().timers().scaled(whole);
    Duration used = Duration.between(since, now());
    double left = scaled.isZero() ? 0 : 1 - (double) used.toMillis() / scaled.toMillis();
    return Duration.ofMillis((long) (whole.toMillis() * Math.max(0, left)));
  }

  void normal(String reason, String message) {
    services.reports().events().record(pod, EventRecorder.Type.NORMAL, reason, message);
  }

  void warning(String reason, String message) {
    services.reports().events().record(pod, EventRecorder.Type.WARNING, reason, message);
  }

  /// Tells the ledger and the log of something that was done outside the API.
  void effect(String verb, Instant began, String note) {
    Duration took = Duration.between(began, now());
    List<Revision> causes = Causes.current().revisions();
    String node = "kubelet/" + services.host().name();
    services
        .reports()
        .effects()
        .report(new Effects.Effect(node, verb, Kinds.POD.type(), key, causes, began, took, note));
    services
        .reports()
        .log()
        .step(
            new InteractionLog.Step(
                verb + " container", "pod", key, Revision.of(pod), causes, took, note));
  }

  DownwardFields fields() {
    return new DownwardFields(pod, ip, services.host().address(), services.host().allocatable());
  }

  /// As kubelet messages name a pod: `web_default(uid)`.
  String label() {
    return key.name() + "_" + key.namespace() + "(" + uid + ")";
  }
}
