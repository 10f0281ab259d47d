package dev.drydock.controllers.deployment;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The ReplicaSets of a Deployment: the one with the present template, and the others, oldest
/// first.
record ReplicaSets(@Nullable ReplicaSet newest, List<ReplicaSet> old) {
  static final String HASH_LABEL = "pod-template-hash";

  private static final Comparator<ReplicaSet> BY_AGE =
      Comparator.comparing(ReplicaSets::created).thenComparing(set -> set.getMetadata().getName());

  ReplicaSets {
    old = old.stream().sorted(BY_AGE).toList();
  }

  static ReplicaSets of(Deployment deployment, Collection<ReplicaSet> owned) {
    PodTemplateSpec wanted = withoutHash(deployment.getSpec().getTemplate());
    List<ReplicaSet> old = new ArrayList<>(owned.stream().sorted(BY_AGE).toList());
    ReplicaSet newest = null;
    for (ReplicaSet set : old) {
      if (withoutHash(set.getSpec().getTemplate()).equals(wanted)) {
        newest = set;
        break;
      }
    }
    old.remove(newest);
    return new ReplicaSets(newest, old);
  }

  /// Whether both would make the same pods.
  static boolean sameTemplate(PodTemplateSpec left, PodTemplateSpec right) {
    return withoutHash(left).equals(withoutHash(right));
  }

  private static PodTemplateSpec withoutHash(PodTemplateSpec template) {
    var metadata =
        template.getMetadata() == null
            ? new ObjectMetaBuilder()
            : new ObjectMetaBuilder(template.getMetadata()).removeFromLabels(HASH_LABEL);
    return new PodTemplateSpecBuilder(template).withMetadata(metadata.build()).build();
  }

  private static String created(ReplicaSet set) {
    String created = set.getMetadata().getCreationTimestamp();
    return created == null ? "" : created;
  }

  Optional<ReplicaSet> present() {
    return Optional.ofNullable(newest);
  }

  List<ReplicaSet> all() {
    var all = new ArrayList<>(old);
    present().ifPresent(all::add);
    return all;
  }

  List<ReplicaSet> activeOld() {
    return old.stream().filter(set -> size(set) > 0).toList();
  }

  List<ReplicaSet> active() {
    return all().stream().filter(set -> size(set) > 0).toList();
  }

  /// The only set that matters: the one that is active, or when none is, the latest. Empty when
  /// several are active, or there is none at all.
  Optional<ReplicaSet> activeOrLatest() {
    List<ReplicaSet> active = active();
    if (active.size() == 1) {
      return Optional.of(active.getFirst());
    }
    if (active.isEmpty()) {
      return present().or(() -> old.isEmpty() ? Optional.empty() : Optional.of(old.getLast()));
    }
    return Optional.empty();
  }

  /// How many pods the set is to have.
  static int size(ReplicaSet set) {
    Integer replicas = set.getSpec().getReplicas();
    return replicas == null ? 1 : replicas;
  }

  static int size(Collection<ReplicaSet> sets) {
    return sets.stream().mapToInt(ReplicaSets::size).sum();
  }

  /// A count from the status; 0 where there is none.
  static int count(ReplicaSet set, Function<ReplicaSetStatus, @Nullable Integer> field) {
    Integer count = set.getStatus() == null ? null : field.apply(set.getStatus());
    return count == null ? 0 : count;
  }

  static int count(
      Collection<ReplicaSet> sets, Function<ReplicaSetStatus, @Nullable Integer> field) {
    return sets.stream().mapToInt(set -> count(set, field)).sum();
  }

  static int available(ReplicaSet set) {
    return count(set, ReplicaSetStatus::getAvailableReplicas);
  }

  static int available(Collection<ReplicaSet> sets) {
    return sets.stream().mapToInt(ReplicaSets::available).sum();
  }
}
