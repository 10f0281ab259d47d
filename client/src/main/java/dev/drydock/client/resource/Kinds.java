package dev.drydock.client.resource;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Scope;
import io.fabric8.kubernetes.api.model.Binding;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.certificates.v1.CertificateSigningRequest;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.policy.v1.Eviction;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;

/// The kinds that components work with by type, and ways to work with any other.
public final class Kinds {
  public static final Kind<Pod> POD = namespaced("", "v1", "pods", Pod.class);
  public static final Kind<Service> SERVICE = namespaced("", "v1", "services", Service.class);
  public static final Kind<Endpoints> ENDPOINTS =
      namespaced("", "v1", "endpoints", Endpoints.class);
  public static final Kind<ConfigMap> CONFIG_MAP =
      namespaced("", "v1", "configmaps", ConfigMap.class);
  public static final Kind<Secret> SECRET = namespaced("", "v1", "secrets", Secret.class);
  public static final Kind<ServiceAccount> SERVICE_ACCOUNT =
      namespaced("", "v1", "serviceaccounts", ServiceAccount.class);
  public static final Kind<Event> EVENT = namespaced("", "v1", "events", Event.class);
  public static final Kind<LimitRange> LIMIT_RANGE =
      namespaced("", "v1", "limitranges", LimitRange.class);
  public static final Kind<ResourceQuota> RESOURCE_QUOTA =
      namespaced("", "v1", "resourcequotas", ResourceQuota.class);
  public static final Kind<ReplicationController> REPLICATION_CONTROLLER =
      namespaced("", "v1", "replicationcontrollers", ReplicationController.class);
  public static final Kind<PersistentVolumeClaim> PERSISTENT_VOLUME_CLAIM =
      namespaced("", "v1", "persistentvolumeclaims", PersistentVolumeClaim.class);
  public static final Kind<Node> NODE = cluster("", "v1", "nodes", Node.class);
  public static final Kind<Namespace> NAMESPACE = cluster("", "v1", "namespaces", Namespace.class);
  public static final Kind<PersistentVolume> PERSISTENT_VOLUME =
      cluster("", "v1", "persistentvolumes", PersistentVolume.class);

  public static final Kind<Deployment> DEPLOYMENT =
      namespaced("apps", "v1", "deployments", Deployment.class);
  public static final Kind<ReplicaSet> REPLICA_SET =
      namespaced("apps", "v1", "replicasets", ReplicaSet.class);
  public static final Kind<DaemonSet> DAEMON_SET =
      namespaced("apps", "v1", "daemonsets", DaemonSet.class);
  public static final Kind<StatefulSet> STATEFUL_SET =
      namespaced("apps", "v1", "statefulsets", StatefulSet.class);
  public static final Kind<ControllerRevision> CONTROLLER_REVISION =
      namespaced("apps", "v1", "controllerrevisions", ControllerRevision.class);

  public static final Kind<EndpointSlice> ENDPOINT_SLICE =
      namespaced("discovery.k8s.io", "v1", "endpointslices", EndpointSlice.class);
  public static final Kind<Lease> LEASE =
      namespaced("coordination.k8s.io", "v1", "leases", Lease.class);
  public static final Kind<CertificateSigningRequest> CERTIFICATE_SIGNING_REQUEST =
      cluster(
          "certificates.k8s.io",
          "v1",
          "certificatesigningrequests",
          CertificateSigningRequest.class);
  public static final Kind<PriorityClass> PRIORITY_CLASS =
      cluster("scheduling.k8s.io", "v1", "priorityclasses", PriorityClass.class);
  public static final Kind<PodDisruptionBudget> POD_DISRUPTION_BUDGET =
      namespaced("policy", "v1", "poddisruptionbudgets", PodDisruptionBudget.class);

  public static final Kind<Role> ROLE =
      namespaced("rbac.authorization.k8s.io", "v1", "roles", Role.class);
  public static final Kind<RoleBinding> ROLE_BINDING =
      namespaced("rbac.authorization.k8s.io", "v1", "rolebindings", RoleBinding.class);
  public static final Kind<ClusterRole> CLUSTER_ROLE =
      cluster("rbac.authorization.k8s.io", "v1", "clusterroles", ClusterRole.class);
  public static final Kind<ClusterRoleBinding> CLUSTER_ROLE_BINDING =
      cluster("rbac.authorization.k8s.io", "v1", "clusterrolebindings", ClusterRoleBinding.class);

  private Kinds() {}

  /// `POST pods/NAME/binding`: puts a pod on a node.
  public static ResourceClient<Binding> bindings(Api api) {
    return api.subresource(POD, "binding", Binding.class);
  }

  /// `POST pods/NAME/eviction`: deletes a pod if its disruption budgets allow.
  public static ResourceClient<Eviction> evictions(Api api) {
    return api.subresource(POD, "eviction", Eviction.class);
  }

  /// Any type as a map of its fields.
  public static Kind<GenericKubernetesResource> dynamic(ResourceType type) {
    return new Kind<>(type, GenericKubernetesResource.class);
  }

  /// Any type with nothing but its metadata, which is all that is read, sent and kept. Reading
  /// and deleting only.
  public static Kind<MetadataOnly> metadataOnly(ResourceType type) {
    return new Kind<>(type, MetadataOnly.class);
  }

  private static <T extends HasMetadata> Kind<T> namespaced(
      String group, String version, String resource, Class<T> model) {
    return kind(group, version, resource, Scope.NAMESPACED, model);
  }

  private static <T extends HasMetadata> Kind<T> cluster(
      String group, String version, String resource, Class<T> model) {
    return kind(group, version, resource, Scope.CLUSTER, model);
  }

  private static <T extends HasMetadata> Kind<T> kind(
      String group, String version, String resource, Scope scope, Class<T> model) {
    var type = new ResourceType(group, version, resource, model.getSimpleName(), scope);
    return new Kind<>(type, model);
  }
}
