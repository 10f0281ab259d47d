package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.apiserver.cel.CelEnvironment;
import dev.drydock.apiserver.registry.admissionregistration.AdmissionPolicyStrategy;
import dev.drydock.apiserver.registry.admissionregistration.PolicyBindingStrategy;
import dev.drydock.apiserver.registry.admissionregistration.WebhookConfigurationStrategy;
import dev.drydock.apiserver.registry.aggregation.ApiServiceStrategy;
import dev.drydock.apiserver.registry.autoscaling.AutoscalerStrategy;
import dev.drydock.apiserver.registry.certificate.SigningRequestStrategy;
import dev.drydock.apiserver.registry.config.ConfigMapStrategy;
import dev.drydock.apiserver.registry.config.SecretStrategy;
import dev.drydock.apiserver.registry.customresource.DefinitionStrategy;
import dev.drydock.apiserver.registry.device.ClaimTemplateStrategy;
import dev.drydock.apiserver.registry.device.DeviceClassStrategy;
import dev.drydock.apiserver.registry.device.ResourceClaimStrategy;
import dev.drydock.apiserver.registry.device.ResourceSliceStrategy;
import dev.drydock.apiserver.registry.endpoints.EndpointSliceStrategy;
import dev.drydock.apiserver.registry.endpoints.EndpointsStrategy;
import dev.drydock.apiserver.registry.event.EventStrategy;
import dev.drydock.apiserver.registry.flowcontrol.FlowSchemaStrategy;
import dev.drydock.apiserver.registry.flowcontrol.PriorityLevelStrategy;
import dev.drydock.apiserver.registry.limit.LimitRangeStrategy;
import dev.drydock.apiserver.registry.limit.ResourceQuotaStrategy;
import dev.drydock.apiserver.registry.namespace.NamespaceStrategy;
import dev.drydock.apiserver.registry.networking.IngressClassStrategy;
import dev.drydock.apiserver.registry.networking.IngressStrategy;
import dev.drydock.apiserver.registry.networking.IpAddressStrategy;
import dev.drydock.apiserver.registry.networking.NetworkPolicyStrategy;
import dev.drydock.apiserver.registry.networking.ServiceCidrStrategy;
import dev.drydock.apiserver.registry.node.NodeStrategy;
import dev.drydock.apiserver.registry.node.RuntimeClassStrategy;
import dev.drydock.apiserver.registry.pod.Binding;
import dev.drydock.apiserver.registry.pod.EphemeralRules;
import dev.drydock.apiserver.registry.pod.Eviction;
import dev.drydock.apiserver.registry.pod.PodStatus;
import dev.drydock.apiserver.registry.pod.PodStrategy;
import dev.drydock.apiserver.registry.pod.Resize;
import dev.drydock.apiserver.registry.policy.DisruptionBudgetStrategy;
import dev.drydock.apiserver.registry.policy.LeaseStrategy;
import dev.drydock.apiserver.registry.policy.PriorityClassStrategy;
import dev.drydock.apiserver.registry.rbac.BindingStrategy;
import dev.drydock.apiserver.registry.rbac.RoleStrategy;
import dev.drydock.apiserver.registry.service.ServiceStrategy;
import dev.drydock.apiserver.registry.serviceaccount.ServiceAccountStrategy;
import dev.drydock.apiserver.registry.storage.AttachmentStrategy;
import dev.drydock.apiserver.registry.storage.AttributesClassStrategy;
import dev.drydock.apiserver.registry.storage.CapacityStrategy;
import dev.drydock.apiserver.registry.storage.DriverStrategy;
import dev.drydock.apiserver.registry.storage.NodeDriversStrategy;
import dev.drydock.apiserver.registry.storage.StorageClassStrategy;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.SchemaRules;
import dev.drydock.apiserver.registry.strategy.Subresource;
import dev.drydock.apiserver.registry.strategy.Subresource.Action;
import dev.drydock.apiserver.registry.strategy.Subresource.Scale;
import dev.drydock.apiserver.registry.volume.ClaimStrategy;
import dev.drydock.apiserver.registry.volume.VolumeStrategy;
import dev.drydock.apiserver.registry.workload.ControllerRevisionStrategy;
import dev.drydock.apiserver.registry.workload.CronJobStrategy;
import dev.drydock.apiserver.registry.workload.DaemonSetStrategy;
import dev.drydock.apiserver.registry.workload.DeploymentStrategy;
import dev.drydock.apiserver.registry.workload.JobStrategy;
import dev.drydock.apiserver.registry.workload.PodTemplateStrategy;
import dev.drydock.apiserver.registry.workload.ReplicaSetStrategy;
import dev.drydock.apiserver.registry.workload.ReplicationControllerStrategy;
import dev.drydock.apiserver.registry.workload.StatefulSetStrategy;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The kinds that are more than generic, each with its strategy and its sub-resources: to add
/// one, add its package and a line here.
final class Strategies {
  /// For checking what is written; loads nothing until then.
  private static final CelEnvironment CEL = new CelEnvironment();

  private static final Map<String, ResourceStrategy> ALL =
      Map.ofEntries(
          Map.entry("namespaces", new NamespaceStrategy()),
          Map.entry("nodes", new NodeStrategy()),
          Map.entry("pods", new PodStrategy()),
          Map.entry("services", new ServiceStrategy()),
          Map.entry("endpoints", new EndpointsStrategy()),
          Map.entry("endpointslices.discovery.k8s.io", new EndpointSliceStrategy()),
          Map.entry("configmaps", new ConfigMapStrategy()),
          Map.entry("secrets", new SecretStrategy()),
          Map.entry("serviceaccounts", new ServiceAccountStrategy()),
          Map.entry("events", new EventStrategy()),
          Map.entry("persistentvolumes", new VolumeStrategy()),
          Map.entry("persistentvolumeclaims", new ClaimStrategy()),
          Map.entry("podtemplates", new PodTemplateStrategy()),
          Map.entry("resourcequotas", new ResourceQuotaStrategy()),
          Map.entry("limitranges", new LimitRangeStrategy()),
          Map.entry("leases.coordination.k8s.io", new LeaseStrategy()),
          Map.entry("deployments.apps", new DeploymentStrategy()),
          Map.entry("replicasets.apps", new ReplicaSetStrategy()),
          Map.entry("statefulsets.apps", new StatefulSetStrategy()),
          Map.entry("daemonsets.apps", new DaemonSetStrategy()),
          Map.entry("replicationcontrollers", new ReplicationControllerStrategy()),
          Map.entry("jobs.batch", new JobStrategy()),
          Map.entry("cronjobs.batch", new CronJobStrategy()),
          Map.entry("roles.rbac.authorization.k8s.io", new RoleStrategy(RoleStrategy.Kind.ROLE)),
          Map.entry(
              "clusterroles.rbac.authorization.k8s.io",
              new RoleStrategy(RoleStrategy.Kind.CLUSTER_ROLE)),
          Map.entry(
              "rolebindings.rbac.authorization.k8s.io",
              new BindingStrategy(List.of("Role", "ClusterRole"))),
          Map.entry(
              "clusterrolebindings.rbac.authorization.k8s.io",
              new BindingStrategy(List.of("ClusterRole"))),
          Map.entry("priorityclasses.scheduling.k8s.io", new PriorityClassStrategy()),
          Map.entry("poddisruptionbudgets.policy", new DisruptionBudgetStrategy()),
          Map.entry("controllerrevisions.apps", new ControllerRevisionStrategy()),
          Map.entry("horizontalpodautoscalers.autoscaling", new AutoscalerStrategy()),
          Map.entry("ingresses.networking.k8s.io", new IngressStrategy()),
          Map.entry("ingressclasses.networking.k8s.io", new IngressClassStrategy()),
          Map.entry("networkpolicies.networking.k8s.io", new NetworkPolicyStrategy()),
          Map.entry("servicecidrs.networking.k8s.io", new ServiceCidrStrategy()),
          Map.entry("ipaddresses.networking.k8s.io", new IpAddressStrategy()),
          Map.entry("storageclasses.storage.k8s.io", new StorageClassStrategy()),
          Map.entry("volumeattributesclasses.storage.k8s.io", new AttributesClassStrategy()),
          Map.entry("volumeattachments.storage.k8s.io", new AttachmentStrategy()),
          Map.entry("csidrivers.storage.k8s.io", new DriverStrategy()),
          Map.entry("csinodes.storage.k8s.io", new NodeDriversStrategy()),
          Map.entry("csistoragecapacities.storage.k8s.io", new CapacityStrategy()),
          Map.entry("runtimeclasses.node.k8s.io", new RuntimeClassStrategy()),
          Map.entry("flowschemas.flowcontrol.apiserver.k8s.io", new FlowSchemaStrategy()),
          Map.entry(
              "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io",
              new PriorityLevelStrategy()),
          Map.entry("apiservices.apiregistration.k8s.io", new ApiServiceStrategy()),
          Map.entry("resourceclaims.resource.k8s.io", new ResourceClaimStrategy(CEL)),
          Map.entry("resourceclaimtemplates.resource.k8s.io", new ClaimTemplateStrategy(CEL)),
          Map.entry("deviceclasses.resource.k8s.io", new DeviceClassStrategy(CEL)),
          Map.entry("resourceslices.resource.k8s.io", new ResourceSliceStrategy()),
          Map.entry("customresourcedefinitions.apiextensions.k8s.io", new DefinitionStrategy()),
          Map.entry(
              "validatingwebhookconfigurations.admissionregistration.k8s.io",
              new WebhookConfigurationStrategy(WebhookConfigurationStrategy.Kind.VALIDATING, CEL)),
          Map.entry(
              "mutatingwebhookconfigurations.admissionregistration.k8s.io",
              new WebhookConfigurationStrategy(WebhookConfigurationStrategy.Kind.MUTATING, CEL)),
          Map.entry(
              "validatingadmissionpolicies.admissionregistration.k8s.io",
              new AdmissionPolicyStrategy(AdmissionPolicyStrategy.Kind.VALIDATING, CEL)),
          Map.entry(
              "mutatingadmissionpolicies.admissionregistration.k8s.io",
              new AdmissionPolicyStrategy(AdmissionPolicyStrategy.Kind.MUTATING, CEL)),
          Map.entry(
              "validatingadmissionpolicybindings.admissionregistration.k8s.io",
              new PolicyBindingStrategy(AdmissionPolicyStrategy.Kind.VALIDATING)),
          Map.entry(
              "mutatingadmissionpolicybindings.admissionregistration.k8s.io",
              new PolicyBindingStrategy(AdmissionPolicyStrategy.Kind.MUTATING)),
          Map.entry(
              "certificatesigningrequests.certificates.k8s.io", new SigningRequestStrategy()));

  private static final Subresource WORKLOAD_SCALE =
      new Scale("spec.replicas", "status.replicas", "spec.selector");

  private Strategies() {}

  static ResourceStrategy of(ResourceType type) {
    ResourceStrategy own = ALL.get(type.qualifiedResource());
    return own != null ? own : new SchemaRules(type.groupVersionKind());
  }

  /// What to tell who still uses a kind; empty: nothing.
  static String deprecation(ResourceType type) {
    return switch (type.qualifiedResource()) {
      case "componentstatuses" -> "v1 ComponentStatus is deprecated in v1.19+";
      case "endpoints" ->
          "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice";
      default -> "";
    };
  }

  static Optional<Subresource> subresource(ResourceType type, String name) {
    return switch (type.qualifiedResource() + "/" + name) {
      case "deployments.apps/scale",
          "replicasets.apps/scale",
          "statefulsets.apps/scale",
          "replicationcontrollers/scale" ->
          Optional.of(WORKLOAD_SCALE);
      case "namespaces/finalize" -> Optional.of(NamespaceStrategy.FINALIZE);
      case "pods/binding" -> Optional.of(new Action(new Binding()));
      case "pods/eviction" -> Optional.of(new Action(new Eviction()));
      case "pods/ephemeralcontainers" -> Optional.of(EphemeralRules.FACET);
      case "pods/resize" -> Optional.of(Resize.FACET);
      case "pods/status" -> Optional.of(PodStatus.FACET);
      case "customresourcedefinitions.apiextensions.k8s.io/status" ->
          Optional.of(DefinitionStrategy.STATUS);
      case "certificatesigningrequests.certificates.k8s.io/approval" ->
          Optional.of(SigningRequestStrategy.APPROVAL);
      case "certificatesigningrequests.certificates.k8s.io/status" ->
          Optional.of(SigningRequestStrategy.STATUS);
      default -> Optional.empty();
    };
  }
}
