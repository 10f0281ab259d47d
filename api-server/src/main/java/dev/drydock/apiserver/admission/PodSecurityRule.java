package dev.drydock.apiserver.admission;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.admission.AdmissionRequest.Operation;
import dev.drydock.apiserver.admission.Lookup.Age;
import dev.drydock.apiserver.admission.podsecurity.PodSecurityConfiguration;
import dev.drydock.apiserver.admission.podsecurity.Policy;
import dev.drydock.apiserver.admission.podsecurity.Standard;
import dev.drydock.apiserver.admission.podsecurity.Standards;
import dev.drydock.apiserver.admission.podsecurity.Violation;
import dev.drydock.apiserver.request.Notices;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Pod security admission: pods must keep to the standard that the labels of their namespace
/// enforce; of what they do against the other one users are warned, and so are those who write
/// templates of such pods, or labels that pods which are there do not keep to.
final class PodSecurityRule implements AdmissionRule {
  private static final String NOTES = "pod-security.kubernetes.io/";

  private final Lookup lookup;
  private final NamespaceSecurity namespaces;

  private final PodSecurityConfiguration configuration;

  PodSecurityRule(Lookup lookup, PodSecurityConfiguration configuration) {
    this.lookup = lookup;
    this.configuration = configuration;
    this.namespaces = new NamespaceSecurity(lookup);
  }

  @Override
  public void validate(AdmissionRequest request) {
    ObjectNode object = request.object();
    if (request.operation() == Operation.DELETE || object == null) {
      return;
    }
    if (request.isFor("", "namespaces")) {
      namespaces.validate(request, object);
      return;
    }
    JsonNode pod = podIn(request, object);
    if (pod == null) {
      return;
    }
    Notices notices = request.context().warnings();
    String exemption =
        configuration.exemption(request.target().namespace(), request.user().name(), pod);
    if (!exemption.isEmpty()) {
      notices.annotate(NOTES + "exempt", exemption);
      return;
    }
    Policy policy = policyOf(request.target().namespace());
    if (policy.isPrivileged()) {
      return;
    }
    if (request.target().type().qualifiedResource().equals("pods")) {
      notices.annotate(NOTES + "enforce-policy", policy.enforce().toString());
      enforce(request, pod, policy.enforce());
    }
    List<Violation> noted = Standards.violations(pod, policy.audit());
    if (!noted.isEmpty()) {
      notices.annotate(NOTES + "audit-violations", wouldViolate(policy.audit(), noted));
    }
    List<Violation> warned = Standards.violations(pod, policy.warn());
    if (!warned.isEmpty()) {
      notices.accept(wouldViolate(policy.warn(), warned));
    }
  }

  private static String wouldViolate(Standard standard, List<Violation> violations) {
    return "would violate PodSecurity \"" + standard + "\": " + listed(violations);
  }

  private static void enforce(AdmissionRequest request, JsonNode pod, Standard standard) {
    List<Violation> found = Standards.violations(pod, standard);
    if (!found.isEmpty()) {
      throw ApiException.forbidden(
          request.target().type(),
          AdmissionNames.shown(request),
          "violates PodSecurity \"" + standard + "\": " + listed(found));
    }
  }

  private static String listed(List<Violation> violations) {
    return violations.stream().map(Violation::toString).collect(Collectors.joining(", "));
  }

  /// The pod that is written, or the template of pods in what is written; null: there is none.
  private static @Nullable JsonNode podIn(AdmissionRequest request, ObjectNode object) {
    String subresource = request.target().subresource();
    String resource = request.target().type().qualifiedResource();
    if (resource.equals("pods")) {
      boolean added =
          subresource.equals("ephemeralcontainers")
              || (subresource.isEmpty() && isNewToChecks(object, request.before()));
      return added ? object : null;
    }
    if (!subresource.isEmpty()) {
      return null;
    }
    JsonNode template =
        switch (resource) {
          case "podtemplates" -> object.path("template");
          case "replicationcontrollers",
              "deployments.apps",
              "daemonsets.apps",
              "statefulsets.apps",
              "replicasets.apps",
              "jobs.batch" ->
              object.path("spec").path("template");
          case "cronjobs.batch" ->
              object.path("spec").path("jobTemplate").path("spec").path("template");
          default -> null;
        };
    return template == null || !template.path("spec").isObject() ? null : template;
  }

  /// An update of a pod can change little that the standards look at.
  private static boolean isNewToChecks(ObjectNode pod, @Nullable ObjectNode before) {
    return before == null
        || !pod.path("metadata")
            .path("annotations")
            .equals(before.path("metadata").path("annotations"))
        || pod.path("spec").path("ephemeralContainers").size()
            != before.path("spec").path("ephemeralContainers").size();
  }

  private Policy policyOf(String namespace) {
    Optional<ObjectNode> found = lookup.find("namespaces", "", namespace, Age.ANY);
    if (found.isEmpty()) {
      found = lookup.find("namespaces", "", namespace, Age.NOW);
    }
    return configuration.policy(found.orElseGet(() -> Trees.object()));
  }
}
