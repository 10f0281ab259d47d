package dev.drydock.apiserver.admission;

import dev.drydock.apiserver.admission.podsecurity.PodSecurityConfiguration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// The one list of admission plugins, in the order in which they apply. To add one: a class, and a
/// line here.
final class AdmissionPlugins {
  private static final List<Plugin> ALL =
      List.of(
          off("AlwaysAdmit", _ -> new AdmissionRule() {}),
          off(
              "NamespaceAutoProvision",
              means -> new NamespaceAutoProvision(means.lookup(), means.namespaces())),
          on("NamespaceLifecycle", means -> new NamespaceLifecycle(means.lookup())),
          off("NamespaceExists", means -> new NamespaceExists(means.lookup())),
          off("LimitPodHardAntiAffinityTopology", _ -> new LimitPodHardAntiAffinityTopology()),
          on("LimitRanger", means -> new LimitRanger(means.lookup())),
          on("ServiceAccount", means -> new ServiceAccountRule(means.lookup(), means.random())),
          on("NodeRestriction", means -> new NodeRestriction(means.lookup())),
          on("TaintNodesByCondition", _ -> new TaintNodesByCondition()),
          off("AlwaysPullImages", _ -> new AlwaysPullImages()),
          off(
              "ImagePolicyWebhook",
              means ->
                  ImagePolicyWebhook.of(means.configurations(), means.clock(), means.timers())),
          on(
              "PodSecurity",
              means ->
                  new PodSecurityRule(
                      means.lookup(),
                      PodSecurityConfiguration.of(means.configurations().of("PodSecurity")))),
          off(
              "PodNodeSelector",
              means ->
                  PodNodeSelector.of(means.configurations().of("PodNodeSelector"), means.lookup())),
          on("Priority", means -> new PriorityRule(means.lookup())),
          on(
              "DefaultTolerationSeconds",
              means -> new DefaultTolerationSeconds(means.configurations().patience())),
          off(
              "PodTolerationRestriction",
              means ->
                  PodTolerationRestriction.of(
                      means.configurations().of("PodTolerationRestriction"), means.lookup())),
          off(
              "EventRateLimit",
              means ->
                  EventRateLimit.of(means.configurations().of("EventRateLimit"), means.clock())),
          off("ExtendedResourceToleration", _ -> new ExtendedResourceToleration()),
          on("DefaultStorageClass", means -> new DefaultStorageClass(means.lookup())),
          on("StorageObjectInUseProtection", _ -> new StorageObjectInUseProtection()),
          off(
              "OwnerReferencesPermissionEnforcement",
              means -> new OwnerReferencePermission(means.lookup(), means.authorizer())),
          on("PersistentVolumeClaimResize", means -> new ClaimResize(means.lookup())),
          on("RuntimeClass", means -> new RuntimeClassRule(means.lookup())),
          on(
              "CertificateApproval",
              means -> new CertificateApproval(new SignerRights(means.authorizer()))),
          on(
              "CertificateSigning",
              means -> new CertificateSigning(new SignerRights(means.authorizer()))),
          on(
              "ClusterTrustBundleAttest",
              means -> new ClusterTrustBundleAttest(new SignerRights(means.authorizer()))),
          on("CertificateSubjectRestriction", _ -> new CertificateSubjectRestriction()),
          on("DefaultIngressClass", means -> new DefaultIngressClass(means.lookup())),
          off("DenyServiceExternalIPs", _ -> new DenyServiceExternalIps()),
          on("PodTopologyLabels", means -> new PodTopologyLabels(means.lookup())),
          on("MutatingAdmissionPolicy", PolicyRules::mutating),
          on("MutatingAdmissionWebhook", WebhookRules::mutating),
          on("ValidatingAdmissionPolicy", PolicyRules::validating),
          on("ValidatingAdmissionWebhook", WebhookRules::validating),
          // What is counted comes after everything else.
          on(
              "ResourceQuota",
              means ->
                  new QuotaRule(
                      means.lookup(),
                      means.statuses(),
                      LimitedResources.of(means.configurations().of("ResourceQuota")),
                      means.clock())),
          off("AlwaysDeny", _ -> new AlwaysDeny()));

  private AdmissionPlugins() {}

  /// One plugin, by its name on the command line.
  private record Plugin(
      String name, Standing standing, Function<AdmissionMeans, AdmissionRule> build) {}

  /// What becomes of a plugin that nobody mentions.
  private enum Standing {
    ON,
    OFF
  }

  private static Plugin on(String name, Function<AdmissionMeans, AdmissionRule> build) {
    return new Plugin(name, Standing.ON, build);
  }

  private static Plugin off(String name, Function<AdmissionMeans, AdmissionRule> build) {
    return new Plugin(name, Standing.OFF, build);
  }

  static Set<String> names() {
    var names = new LinkedHashSet<String>();
    ALL.forEach(plugin -> names.add(plugin.name()));
    return names;
  }

  static List<AdmissionRule> chosen(AdmissionMeans means, AdmissionChoice choice) {
    return ALL.stream()
        .filter(
            plugin ->
                choice.enabled().contains(plugin.name())
                    || (plugin.standing() == Standing.ON
                        && !choice.disabled().contains(plugin.name())))
        .map(plugin -> plugin.build().apply(means))
        .toList();
  }
}
