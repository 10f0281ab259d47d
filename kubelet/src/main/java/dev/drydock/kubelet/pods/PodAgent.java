package dev.drydock.kubelet.pods;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.Uid;
import dev.drydock.api.status.ApiException;
import dev.drydock.client.cache.Change;
import dev.drydock.client.event.EventRecorder;
import dev.drydock.client.resource.Kinds;
import dev.drydock.kubelet.runtime.ContainerId;
import dev.drydock.kubelet.status.PodPhaseRules;
import dev.drydock.kubelet.status.PodView;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// All pods of one node: gives each its worker and hands changes on.
public final class PodAgent {
  private final PodServices services;
  private final AdmissionRules admission;
  private final NodeLabels labels;
  private final Map<Uid, PodWorker> workers = new ConcurrentHashMap<>();

  public PodAgent(PodServices services, AdmissionRules admission, NodeLabels labels) {
    this.services = services;
    this.admission = admission;
    this.labels = labels;
  }

  /// A pod of this node has changed. Called by one thread at a time. Returns at once, save when
  /// the node's labels must be asked for.
  public void changed(Change<Pod> change) {
    switch (change) {
      case Change.Added<Pod>(Pod pod) -> put(pod);
      case Change.Updated<Pod>(Pod before, Pod after) -> {
        if (!Uid.of(before).equals(Uid.of(after))) {
          drop(before);
        }
        put(after);
      }
      case Change.Removed<Pod>(Pod last) -> drop(last);
    }
  }

  private void put(Pod pod) {
    PodWorker known = workers.get(Uid.of(pod));
    if (known != null) {
      known.update(pod);
      return;
    }
    Uid uid = Uid.of(pod);
    PodWorker worker =
        new PodWorker(pod, services, (wanted, granted) -> grant(uid, wanted, granted));
    Optional<PodView.Verdict> refusal = judge(pod, worker);
    refusal.ifPresent(verdict -> tell(pod, verdict));
    worker.begin(refusal.orElse(null));
  }

  /// One pod at a time, so that two are not given the same room.
  private synchronized Optional<PodView.Verdict> grant(Uid uid, Pod wanted, Runnable granted) {
    List<Pod> others =
        workers.values().stream()
            .filter(worker -> worker.isActive() && !worker.uid().equals(uid))
            .map(PodWorker::allocated)
            .toList();
    Optional<PodView.Verdict> refusal = admission.judgeResize(wanted, others);
    if (refusal.isEmpty()) {
      granted.run();
    }
    return refusal;
  }

  /// Only a pod that is new to the node can be turned away.
  private static boolean isNew(Pod pod) {
    boolean begun = pod.getStatus() != null && pod.getStatus().getStartTime() != null;
    String phase = pod.getStatus() == null ? "" : pod.getStatus().getPhase();
    return !begun && !PodPhaseRules.isTerminal(phase);
  }

  private Optional<PodView.Verdict> judge(Pod pod, PodWorker worker) {
    Optional<PodView.Verdict> verdict = isNew(pod) ? misplaced(pod) : Optional.empty();
    synchronized (this) {
      if (verdict.isEmpty() && isNew(pod)) {
        verdict = admission.judgeRoom(pod, active());
      }
      workers.put(Uid.of(pod), worker);
    }
    return verdict;
  }

  /// The scheduler may have seen a label that has not come here yet.
  private Optional<PodView.Verdict> misplaced(Pod pod) {
    return admission
        .judgePlace(pod, labels.seen().get())
        .flatMap(_ -> admission.judgePlace(pod, labels.newest().get()));
  }

  private void tell(Pod pod, PodView.Verdict verdict) {
    services
        .reports()
        .events()
        .record(
            pod,
            EventRecorder.Type.WARNING,
            verdict.reason(),
            verdict.message().replaceFirst("^Pod was rejected: ", ""));
  }

  private Collection<Pod> active() {
    return workers.values().stream().filter(PodWorker::isActive).map(PodWorker::allocated).toList();
  }

  private void drop(Pod pod) {
    PodWorker worker = workers.remove(Uid.of(pod));
    if (worker != null) {
      worker.gone();
    }
  }

  /// The pods that the agent knows.
  public List<Pod> pods() {
    return workers.values().stream().map(PodWorker::pod).toList();
  }

  /// Which run of a container.
  public enum Run {
    NEWEST,
    PREVIOUS
  }

  /// A run of a container.
  ///
  /// @param uid null: whichever pod has that name now
  /// @param container empty: the only one
  /// @throws ApiException with the kubelet's message when there is none
  public ContainerId container(ObjectKey key, @Nullable Uid uid, String container, Run run) {
    PodWorker worker =
        workers.values().stream()
            .filter(one -> one.key().equals(key))
            .filter(one -> uid == null || one.uid().equals(uid))
            .findFirst()
            .orElseThrow(() -> ApiException.notFound(Kinds.POD.type(), key.name()));
    return worker.run(container, run);
  }
}
