package dev.drydock.apiserver.admission;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.admission.AdmissionRequest.Operation;
import dev.drydock.apiserver.admission.Lookup.Age;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A kubelet may write only its own node, the pods bound to it, its lease, and tokens for them.
final class NodeRestriction implements AdmissionRule {
  private static final String USER_PREFIX = "system:node:";
  private static final String GROUP = "system:nodes";
  private static final List<String> MIRROR_FORBIDDEN =
      List.of("secret", "configMap", "persistentVolumeClaim");
  private static final Set<String> FREE_LABELS =
      Set.of(
          "kubernetes.io/hostname",
          "kubernetes.io/arch",
          "kubernetes.io/os",
          "beta.kubernetes.io/arch",
          "beta.kubernetes.io/os",
          "beta.kubernetes.io/instance-type",
          "node.kubernetes.io/instance-type",
          "failure-domain.beta.kubernetes.io/region",
          "failure-domain.beta.kubernetes.io/zone",
          "topology.kubernetes.io/region",
          "topology.kubernetes.io/zone");

  private final Lookup lookup;

  NodeRestriction(Lookup lookup) {
    this.lookup = lookup;
  }

  @Override
  public void validate(AdmissionRequest request) {
    String node = nodeOf(request.user());
    if (node == null) {
      return;
    }
    Target target = request.target();
    switch (target.type().qualifiedResource()) {
      case "nodes" -> checkNode(request, node);
      case "pods" -> checkPod(request, node);
      case "leases.coordination.k8s.io" -> checkLease(request, node);
      case "csinodes.storage.k8s.io" -> {
        if (!target.name().isEmpty() && !target.name().equals(node)) {
          throw refused(
              request, "can only access CSINode with the same name as the requesting node");
        }
      }
      case "serviceaccounts" -> checkToken(request, node);
      case "persistentvolumeclaims" -> {
        if (!target.subresource().equals("status")) {
          throw refused(
              request, "may only update PVC status, not \"" + target.subresource() + "\"");
        }
      }
      case "resourceslices.resource.k8s.io" -> checkSlice(request, node);
      default -> {
        // Other resources are the authorizer's business alone.
      }
    }
  }

  private static @Nullable String nodeOf(User user) {
    return user.name().startsWith(USER_PREFIX) && user.groups().contains(GROUP)
        ? user.name().substring(USER_PREFIX.length())
        : null;
  }

  private static void checkNode(AdmissionRequest request, String node) {
    ObjectNode object = request.object();
    String name = AdmissionNames.shown(request);
    if (!name.equals(node)) {
      throw refused(
          request, "node \"" + node + "\" is not allowed to modify node \"" + name + "\"");
    }
    if (object == null) {
      return;
    }
    ObjectNode before = request.before();
    if (before == null) {
      if (object.path("spec").has("configSource")) {
        throw refused(
            request,
            "node \"" + node + "\" is not allowed to create pods with a non-nil configSource");
      }
    } else if (!Objects.equals(
        before.path("spec").get("taints"), object.path("spec").get("taints"))) {
      throw refused(request, "node \"" + node + "\" is not allowed to modify taints");
    }
    if (before != null
        && !before
            .path("metadata")
            .path("ownerReferences")
            .equals(object.path("metadata").path("ownerReferences"))) {
      throw refused(request, "node \"" + node + "\" is not allowed to modify ownerReferences");
    }
    List<String> forbidden = forbiddenLabels(object, before);
    if (!forbidden.isEmpty()) {
      throw refused(request, "is not allowed to modify labels: " + String.join(", ", forbidden));
    }
  }

  private static List<String> forbiddenLabels(ObjectNode object, @Nullable ObjectNode before) {
    JsonNode now = object.path("metadata").path("labels");
    JsonNode was = before == null ? now : before.path("metadata").path("labels");
    var changed = new ArrayList<String>();
    for (Map.Entry<String, JsonNode> label : now.properties()) {
      boolean isNew = before == null || !label.getValue().equals(was.get(label.getKey()));
      if (isNew && isForbidden(label.getKey(), before == null)) {
        changed.add(label.getKey());
      }
    }
    for (Map.Entry<String, JsonNode> label : was.properties()) {
      if (!now.has(label.getKey()) && isForbidden(label.getKey(), false)) {
        changed.add(label.getKey());
      }
    }
    return changed;
  }

  private static boolean isForbidden(String label, boolean onCreate) {
    int slash = label.indexOf('/');
    String prefix = slash < 0 ? "" : label.substring(0, slash);
    if (isIn(prefix, "node-restriction.kubernetes.io")) {
      return true;
    }
    if (onCreate && isIn(prefix, "node-role.kubernetes.io")) {
      return true;
    }
    boolean ofKubernetes = isIn(prefix, "kubernetes.io") || isIn(prefix, "k8s.io");
    return ofKubernetes
        && !FREE_LABELS.contains(label)
        && !isIn(prefix, "kubelet.kubernetes.io")
        && !isIn(prefix, "node.kubernetes.io");
  }

  private static boolean isIn(String prefix, String domain) {
    return prefix.equals(domain) || prefix.endsWith("." + domain);
  }

  private void checkPod(AdmissionRequest request, String node) {
    ObjectNode object = request.object();
    Target target = request.target();
    switch (target.subresource()) {
      case "" -> {
        if (request.operation() == Operation.CREATE && object != null) {
          checkMirror(request, object, node);
        } else if (request.operation() == Operation.DELETE && !target.name().isEmpty()) {
          checkBound(request, node, "can only delete pods with spec.nodeName set to itself");
        } else if (request.operation() == Operation.UPDATE) {
          throw refused(
              request,
              "unexpected operation \"UPDATE\", node \""
                  + node
                  + "\" can only create and delete mirror pods");
        }
      }
      case "status" -> {
        checkBound(
            request, node, "can only update pod status for pods with spec.nodeName set to itself");
        if (object != null && request.before() != null && !sameLabels(object, request.before())) {
          throw refused(request, "node \"" + node + "\" cannot update labels through pod status");
        }
      }
      case "eviction" ->
          checkBound(request, node, "can only evict pods with spec.nodeName set to itself");
      default ->
          throw refused(request, "unexpected pod subresource \"" + target.subresource() + "\"");
    }
  }

  private static boolean sameLabels(ObjectNode pod, ObjectNode before) {
    return pod.path("metadata").path("labels").equals(before.path("metadata").path("labels"));
  }

  private static void checkSlice(AdmissionRequest request, String node) {
    ObjectNode slice = request.object() == null ? request.before() : request.object();
    if (slice != null && !slice.path("spec").path("nodeName").stringValue("").equals(node)) {
      throw refused(
          request,
          request.operation() == Operation.DELETE
              ? "can only delete ResourceSlice with the same NodeName as the requesting node"
              : "can only create ResourceSlice with the same NodeName as the requesting node");
    }
  }

  private static void checkMirror(AdmissionRequest request, ObjectNode pod, String node) {
    if (!pod.path("metadata").path("annotations").has("kubernetes.io/config.mirror")) {
      throw refused(
          request,
          "pod does not have \"kubernetes.io/config.mirror\" annotation, node \""
              + node
              + "\" can only create mirror pods");
    }
    JsonNode spec = pod.path("spec");
    if (!spec.path("nodeName").stringValue("").equals(node)) {
      throw refused(
          request, "node \"" + node + "\" can only create pods with spec.nodeName set to itself");
    }
    checkMirrorOwner(request, pod, node);
    if (!spec.path("serviceAccountName").stringValue("").isEmpty()) {
      throw refused(
          request, "node \"" + node + "\" can not create pods that reference a service account");
    }
    for (JsonNode volume : spec.path("volumes")) {
      for (String kind : MIRROR_FORBIDDEN) {
        if (volume.has(kind)) {
          throw refused(
              request, "node \"" + node + "\" can not create pods that reference " + kind + "s");
        }
      }
    }
  }

  private static void checkMirrorOwner(AdmissionRequest request, ObjectNode pod, String node) {
    JsonNode owners = pod.path("metadata").path("ownerReferences");
    if (owners.size() > 1) {
      throw refused(
          request,
          "node \"" + node + "\" can only create pods with a single owner reference set to itself");
    }
    for (JsonNode owner : owners) {
      boolean self =
          owner.path("apiVersion").stringValue("").equals("v1")
              && owner.path("kind").stringValue("").equals("Node")
              && owner.path("name").stringValue("").equals(node);
      if (!self) {
        throw refused(
            request,
            "node \"" + node + "\" can only create pods with an owner reference set to itself");
      }
    }
  }

  private void checkBound(AdmissionRequest request, String node, String otherwise) {
    ObjectNode pod = request.before();
    if (pod == null) {
      pod =
          lookup
              .find("pods", request.target().namespace(), request.target().name(), Age.ANY)
              .orElseThrow(
                  () -> ApiException.notFound(request.target().type(), request.target().name()));
    }
    if (!pod.path("spec").path("nodeName").stringValue("").equals(node)) {
      throw refused(request, "node \"" + node + "\" " + otherwise);
    }
  }

  private static void checkLease(AdmissionRequest request, String node) {
    if (!request.target().namespace().equals("kube-node-lease")) {
      throw refused(request, "can only access leases in the \"kube-node-lease\" system namespace");
    }
    String name = AdmissionNames.shown(request);
    if (!name.equals(node)) {
      throw refused(
          request, "can only access node lease with the same name as the requesting node");
    }
  }

  private void checkToken(AdmissionRequest request, String node) {
    ObjectNode body = request.object();
    if (!request.target().subresource().equals("token") || body == null) {
      return;
    }
    JsonNode bound = body.path("spec").path("boundObjectRef");
    if (!bound.path("kind").stringValue("").equals("Pod")) {
      throw refused(request, "node requested token not bound to a pod");
    }
    String name = bound.path("name").stringValue("");
    ObjectNode pod =
        lookup
            .find("pods", request.target().namespace(), name, Age.ANY)
            .or(() -> lookup.find("pods", request.target().namespace(), name, Age.NOW))
            .orElseThrow(() -> refused(request, "pod \"" + name + "\" not found"));
    if (!bound
        .path("uid")
        .stringValue("")
        .equals(pod.path("metadata").path("uid").stringValue(""))) {
      throw refused(
          request, "the UID in the bound object reference does not match the UID in" + " record");
    }
    if (!pod.path("spec").path("nodeName").stringValue("").equals(node)) {
      throw refused(request, "node requested token bound to a pod scheduled on a different node");
    }
  }

  private static ApiException refused(AdmissionRequest request, String why) {
    return ApiException.forbidden(request.target().type(), AdmissionNames.shown(request), why);
  }
}
