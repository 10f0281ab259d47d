package dev.drydock.e2e.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.client.resource.Kind;
import dev.drydock.client.resource.Kinds;
import dev.drydock.client.resource.Selection;
import dev.drydock.e2e.cluster.TestLab;
import dev.drydock.e2e.cluster.Watched;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// What must be true of every lab that has recovered, whatever had happened to it.
public final class Invariants {
  private final TestLab lab;
  private final Watched<Deployment> deployments;
  private final Watched<Pod> pods;

  public Invariants(TestLab lab) {
    this.lab = lab;
    this.deployments = lab.watch(Kinds.DEPLOYMENT);
    this.pods = lab.watch(Kinds.POD);
  }

  /// Waits until every Deployment has what it wants, then checks that nothing is left over: no
  /// orphan, no double pod, no address that two share or that nobody uses.
  public void awaitRecovery(Duration patience) {
    lab.awaitAnswer();
    Map<String, Long> listed =
        generations(lab.api().resource(Kinds.DEPLOYMENT).list(Selection.ALL).items());
    deployments.await(
        "every Deployment has what it wants now",
        patience,
        all -> reaches(generations(all), listed) && all.stream().allMatch(Invariants::isComplete));
    pods.await(
        "no pod but those of complete ReplicaSets, each running and Ready once",
        patience,
        all ->
            all.size() == wanted()
                && all.stream().allMatch(Invariants::isReady)
                && distinct(all.stream().map(pod -> pod.getStatus().getPodIP()).toList()));
    assertThat(orphans(Kinds.POD, uids(Kinds.REPLICA_SET))).as("pods without owner").isEmpty();
    assertThat(orphans(Kinds.REPLICA_SET, uids(Kinds.DEPLOYMENT)))
        .as("ReplicaSets without owner")
        .isEmpty();
    assertAddressesAreUnique();
  }

  private static Map<String, Long> generations(List<Deployment> all) {
    return all.stream()
        .map(Deployment::getMetadata)
        .collect(Collectors.toMap(ObjectMeta::getUid, ObjectMeta::getGeneration));
  }

  /// Whether the watch has seen all that is wanted by now; it may still show what was before.
  private static boolean reaches(Map<String, Long> seen, Map<String, Long> listed) {
    return seen.keySet().equals(listed.keySet())
        && listed.entrySet().stream()
            .allMatch(e -> seen.getOrDefault(e.getKey(), 0L) >= e.getValue());
  }

  private int wanted() {
    return deployments.now().stream().mapToInt(d -> d.getSpec().getReplicas()).sum();
  }

  private void assertAddressesAreUnique() {
    List<Service> services = lab.api().resource(Kinds.SERVICE).list(Selection.ALL).items();
    assertThat(services.stream().map(s -> s.getSpec().getClusterIP()).toList())
        .as("cluster addresses")
        .doesNotHaveDuplicates();
    assertThat(
            services.stream()
                .flatMap(s -> s.getSpec().getPorts().stream())
                .map(port -> port.getNodePort())
                .filter(Objects::nonNull)
                .toList())
        .as("node ports")
        .doesNotHaveDuplicates();
  }

  private static boolean isComplete(Deployment deployment) {
    Integer wanted = deployment.getSpec().getReplicas();
    var status = deployment.getStatus();
    return status != null
        && Objects.equals(status.getObservedGeneration(), deployment.getMetadata().getGeneration())
        && Objects.equals(status.getUpdatedReplicas(), wanted)
        && Objects.equals(status.getReplicas(), wanted)
        && Objects.equals(status.getAvailableReplicas(), wanted);
  }

  private static boolean isReady(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() == null
        && pod.getStatus() != null
        && pod.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
  }

  private static boolean distinct(List<String> values) {
    return Set.copyOf(values).size() == values.size();
  }

  private Set<String> uids(Kind<? extends HasMetadata> kind) {
    return lab.api().resource(kind).list(Selection.ALL).items().stream()
        .map(object -> object.getMetadata().getUid())
        .collect(Collectors.toSet());
  }

  private List<String> orphans(Kind<? extends HasMetadata> kind, Set<String> owners) {
    return lab.api().resource(kind).list(Selection.ALL).items().stream()
        .filter(
            object ->
                object.getMetadata().getOwnerReferences().stream()
                    .noneMatch(owner -> owners.contains(owner.getUid())))
        .map(object -> object.getMetadata().getName())
        .toList();
  }
}
