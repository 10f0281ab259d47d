package dev.drydock.controllers;

import dev.drydock.client.lifecycle.CommonFlags.BadFlagException;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.controllers.bootstrap.ClusterInfoSigner;
import dev.drydock.controllers.bootstrap.TokenCleaner;
import dev.drydock.controllers.certificates.CsrApproving;
import dev.drydock.controllers.certificates.CsrCleaner;
import dev.drydock.controllers.certificates.CsrSigning;
import dev.drydock.controllers.clusterroleaggregation.AggregationReconciler;
import dev.drydock.controllers.context.ControllerContext;
import dev.drydock.controllers.deployment.DeploymentController;
import dev.drydock.controllers.disruption.DisruptionReconciler;
import dev.drydock.controllers.endpoints.EndpointsReconciler;
import dev.drydock.controllers.endpointslice.EndpointSliceController;
import dev.drydock.controllers.endpointslicemirroring.MirroringReconciler;
import dev.drydock.controllers.garbage.GarbageCollector;
import dev.drydock.controllers.namespace.NamespaceReconciler;
import dev.drydock.controllers.nodeipam.NodeIpamReconciler;
import dev.drydock.controllers.nodelifecycle.NodeLifecycleController;
import dev.drydock.controllers.podgc.PodGarbageCollector;
import dev.drydock.controllers.replicaset.ReplicaSetController;
import dev.drydock.controllers.resourcequota.QuotaController;
import dev.drydock.controllers.rootca.RootCaReconciler;
import dev.drydock.controllers.serviceaccount.AccountTokens;
import dev.drydock.controllers.serviceaccount.ServiceAccountReconciler;
import dev.drydock.controllers.servicecidr.ServiceCidrReconciler;
import dev.drydock.controllers.storageprotection.StorageProtection;
import dev.drydock.controllers.tainteviction.TaintEvictionReconciler;
import dev.drydock.controllers.ttl.TtlReconciler;
import dev.drydock.controllers.ttlafterfinished.TtlAfterFinishedReconciler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// The one list of controllers. To add one: a package, and a line here.
final class Controllers {
  /// Kubernetes limits how often one Service is worked on; so do we, whatever the flag says.
  private static final Duration SERVICE_INTERVAL = Duration.ofMillis(100);

  private static final int EVICTION_WORKERS = 8;
  private static final int ACCOUNT_WORKERS = 5;
  private static final int RANGE_WORKERS = 5;

  private Controllers() {}

  /// One controller.
  ///
  /// @param name as `--controllers` knows it
  /// @param alias its older name there; empty: none
  /// @param standing what `*` means for it
  record Entry(
      String name, String alias, Standing standing, Function<ControllerContext, Component> build) {

    /// Whether all controllers are meant to have it among them.
    enum Standing {
      ON,
      OFF
    }

    Entry(String name, String alias, Function<ControllerContext, Component> build) {
      this(name, alias, Standing.ON, build);
    }

    boolean isCalled(String text) {
      return name.equals(text) || (!alias.isEmpty() && alias.equals(text));
    }
  }

  /// @param rootCa content of `--root-ca-file`; empty: nothing to publish
  static List<Entry> all(SyncFlags syncs, NodeFlags nodes, SigningFlags signing, String rootCa) {
    return Stream.of(
            workloads(syncs),
            services(syncs),
            nodes(nodes),
            namespaces(syncs, rootCa),
            certificates(signing, rootCa),
            joining(),
            storage(),
            keeping(syncs),
            garbage(syncs))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Entry> workloads(SyncFlags syncs) {
    return List.of(
        new Entry(
            "deployment-controller",
            "deployment",
            context -> DeploymentController.of(context, syncs.deployments)),
        new Entry(
            "replicaset-controller",
            "replicaset",
            context -> ReplicaSetController.replicaSets(context, syncs.replicaSets)),
        new Entry(
            "replicationcontroller-controller",
            "replicationcontroller",
            context ->
                ReplicaSetController.replicationControllers(
                    context, syncs.replicationControllers)));
  }

  private static List<Entry> services(SyncFlags syncs) {
    return List.of(
        new Entry(
            "endpoints-controller",
            "endpoint",
            context ->
                EndpointsReconciler.controller(
                    context, syncs.endpoints, atLeast(syncs.endpointBatch))),
        new Entry(
            "endpointslice-controller",
            "endpointslice",
            context ->
                EndpointSliceController.of(
                    context,
                    new EndpointSliceController.Settings(
                        syncs.endpointSlices, syncs.mostEndpoints, atLeast(syncs.sliceBatch)))),
        new Entry(
            "endpointslice-mirroring-controller",
            "endpointslicemirroring",
            context ->
                MirroringReconciler.controller(
                    context, new MirroringReconciler.Settings(syncs.mirrors, syncs.mostMirrored))),
        new Entry(
            "service-cidr-controller",
            "",
            context -> ServiceCidrReconciler.controller(context, RANGE_WORKERS)));
  }

  private static Duration atLeast(Duration batch) {
    return batch.compareTo(SERVICE_INTERVAL) < 0 ? SERVICE_INTERVAL : batch;
  }

  private static List<Entry> nodes(NodeFlags flags) {
    Entry eviction =
        new Entry(
            "taint-eviction-controller",
            "",
            context -> TaintEvictionReconciler.controller(context, EVICTION_WORKERS));
    Entry lifecycle =
        new Entry(
            "node-lifecycle-controller",
            "nodelifecycle",
            context -> NodeLifecycleController.of(context, flags.lifecycle()));
    if (!flags.allocateCidrs) {
      return List.of(lifecycle, eviction);
    }
    var cidrs = flags.podCidrs();
    return List.of(
        lifecycle,
        eviction,
        new Entry(
            "node-ipam-controller",
            "nodeipam",
            context -> NodeIpamReconciler.controller(context, cidrs)));
  }

  private static List<Entry> namespaces(SyncFlags syncs, String rootCa) {
    Entry namespaces =
        new Entry(
            "namespace-controller",
            "namespace",
            context -> NamespaceReconciler.controller(context, syncs.namespaces));
    Entry accounts =
        new Entry(
            "serviceaccount-controller",
            "serviceaccount",
            context -> ServiceAccountReconciler.controller(context, ACCOUNT_WORKERS));
    if (rootCa.isEmpty()) {
      return List.of(namespaces, accounts);
    }
    return List.of(
        namespaces,
        accounts,
        new Entry(
            "root-ca-certificate-publisher-controller",
            "root-ca-cert-publisher",
            context -> RootCaReconciler.controller(context, rootCa)));
  }

  private static List<Entry> certificates(SigningFlags flags, String rootCa) {
    List<Entry> entries = new ArrayList<>();
    entries.add(
        new Entry(
            "certificatesigningrequest-approving-controller",
            "csrapproving",
            context -> CsrApproving.controller(context, ACCOUNT_WORKERS)));
    entries.add(
        new Entry(
            "certificatesigningrequest-cleaner-controller", "csrcleaner", CsrCleaner::controller));
    flags
        .authority()
        .ifPresent(
            authority ->
                entries.add(
                    new Entry(
                        "certificatesigningrequest-signing-controller",
                        "csrsigning",
                        context -> CsrSigning.controller(context, authority, ACCOUNT_WORKERS))));
    flags
        .accountSigner()
        .ifPresent(
            signer ->
                entries.add(
                    new Entry(
                        "serviceaccount-token-controller",
                        "serviceaccount-token",
                        context ->
                            AccountTokens.controller(context, signer, rootCa, ACCOUNT_WORKERS))));
    return entries;
  }

  /// For labs whose nodes join as kubeadm's do; off unless named, as in Kubernetes.
  private static List<Entry> joining() {
    return List.of(
        new Entry(
            "bootstrap-signer-controller",
            "bootstrapsigner",
            Entry.Standing.OFF,
            ClusterInfoSigner::controller),
        new Entry(
            "token-cleaner-controller",
            "tokencleaner",
            Entry.Standing.OFF,
            TokenCleaner::controller));
  }

  private static List<Entry> storage() {
    return List.of(
        new Entry(
            "persistentvolumeclaim-protection-controller",
            "pvc-protection",
            StorageProtection::claims),
        new Entry(
            "persistentvolume-protection-controller", "pv-protection", StorageProtection::volumes),
        new Entry(
            "volumeattributesclass-protection-controller",
            "",
            StorageProtection::attributeClasses));
  }

  private static List<Entry> keeping(SyncFlags syncs) {
    return List.of(
        new Entry(
            "resourcequota-controller",
            "resourcequota",
            context -> QuotaController.of(context, syncs.quotas, syncs.quotaPeriod)),
        new Entry(
            "clusterrole-aggregation-controller",
            "clusterrole-aggregation",
            AggregationReconciler::controller),
        new Entry("disruption-controller", "disruption", DisruptionReconciler::controller),
        new Entry("ttl-controller", "ttl", TtlReconciler::controller),
        new Entry(
            "ttl-after-finished-controller",
            "ttl-after-finished",
            context -> TtlAfterFinishedReconciler.controller(context, syncs.finishedJobs)));
  }

  private static List<Entry> garbage(SyncFlags syncs) {
    return List.of(
        new Entry(
            "garbage-collector-controller",
            "garbagecollector",
            context -> new GarbageCollector(context, syncs.garbage)),
        new Entry(
            "pod-garbage-collector-controller",
            "podgc",
            context -> new PodGarbageCollector(context, syncs.terminatedPods)));
  }

  /// Those that `--controllers` names: `*` is all but those that are off, `foo` also foo, `-foo`
  /// not foo. What is said first about a name counts.
  ///
  /// @throws BadFlagException for a name that no controller has
  static List<Entry> chosen(List<Entry> all, List<String> flag) {
    for (String text : flag) {
      String name = text.startsWith("-") ? text.substring(1) : text;
      if (!name.equals("*") && all.stream().noneMatch(entry -> entry.isCalled(name))) {
        throw new BadFlagException(
            "--controllers: \"" + name + "\" is not in the list of known controllers");
      }
    }
    return all.stream().filter(entry -> isChosen(entry, flag)).toList();
  }

  private static boolean isChosen(Entry entry, List<String> flag) {
    for (String text : flag) {
      if (entry.isCalled(text)) {
        return true;
      }
      if (text.startsWith("-") && entry.isCalled(text.substring(1))) {
        return false;
      }
    }
    return flag.contains("*") && entry.standing() == Entry.Standing.ON;
  }
}
