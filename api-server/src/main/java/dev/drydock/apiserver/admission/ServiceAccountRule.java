package dev.drydock.apiserver.admission;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.admission.AdmissionRequest.Operation;
import dev.drydock.apiserver.admission.Lookup.Age;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Every pod runs as a service account and gets its token, the cluster's root certificate and
/// its namespace mounted where programs expect them.
final class ServiceAccountRule implements AdmissionRule {
  private static final String MOUNT_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";
  private static final String VOLUME_PREFIX = "kube-api-access-";
  private static final String DEFAULT = "default";
  private static final String MIRROR = "kubernetes.io/config.mirror";
  private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
  private static final int SUFFIX_LENGTH = 5;
  private static final int MODE_0644 = 420;
  private static final int TOKEN_SECONDS = 3607;
  private static final List<String> CONTAINER_LISTS = List.of("initContainers", "containers");

  private final Lookup lookup;
  private final RandomGenerator random;

  ServiceAccountRule(Lookup lookup, RandomGenerator random) {
    this.lookup = lookup;
    this.random = random;
  }

  @Override
  public void mutate(AdmissionRequest request) {
    ObjectNode pod = request.object();
    if (request.operation() != Operation.CREATE
        || !request.isFor("", "pods")
        || pod == null
        || pod.path("metadata").path("annotations").has(MIRROR)
        || !(pod.get("spec") instanceof ObjectNode spec)) {
      return;
    }
    if (spec.path("serviceAccountName").stringValue("").isEmpty()) {
      spec.put("serviceAccountName", DEFAULT);
    }
    String name = spec.path("serviceAccountName").stringValue("");
    spec.put("serviceAccount", name);
    ObjectNode account = account(request, name);
    if (wantsToken(spec, account)) {
      mountToken(spec);
    }
    if (spec.path("imagePullSecrets").isEmpty() && !account.path("imagePullSecrets").isEmpty()) {
      spec.set("imagePullSecrets", account.get("imagePullSecrets").deepCopy());
    }
  }

  private ObjectNode account(AdmissionRequest request, String name) {
    String namespace = request.target().namespace();
    Optional<ObjectNode> found = lookup.find("serviceaccounts", namespace, name, Age.ANY);
    if (found.isEmpty()) {
      // The controller makes the account of this name soon after the namespace.
      Age age = name.equals(DEFAULT) ? Age.SOON : Age.NOW;
      found = lookup.find("serviceaccounts", namespace, name, age);
    }
    return found.orElseThrow(
        () ->
            ApiException.forbidden(
                request.target().type(),
                AdmissionNames.shown(request),
                "error looking up service account "
                    + namespace
                    + "/"
                    + name
                    + ": serviceaccount \""
                    + name
                    + "\" not found"));
  }

  private static boolean wantsToken(ObjectNode spec, ObjectNode account) {
    JsonNode ofPod = spec.path("automountServiceAccountToken");
    return ofPod.isBoolean()
        ? ofPod.booleanValue()
        : account.path("automountServiceAccountToken").booleanValue(true);
  }

  private void mountToken(ObjectNode spec) {
    String volume = "";
    for (JsonNode present : spec.path("volumes")) {
      String name = present.path("name").stringValue("");
      if (name.startsWith(VOLUME_PREFIX)) {
        volume = name;
      }
    }
    boolean isNew = volume.isEmpty();
    String name = isNew ? VOLUME_PREFIX + suffix() : volume;
    boolean mounted = false;
    for (String list : CONTAINER_LISTS) {
      for (JsonNode container : spec.path(list)) {
        if (container instanceof ObjectNode object && !hasMount(object)) {
          ArrayNode mounts =
              object.get("volumeMounts") instanceof ArrayNode present
                  ? present
                  : object.putArray("volumeMounts");
          mounts.addObject().put("name", name).put("readOnly", true).put("mountPath", MOUNT_PATH);
          mounted = true;
        }
      }
    }
    if (mounted && isNew) {
      addVolume(spec, name);
    }
  }

  private static boolean hasMount(ObjectNode container) {
    for (JsonNode mount : container.path("volumeMounts")) {
      if (mount.path("mountPath").stringValue("").equals(MOUNT_PATH)) {
        return true;
      }
    }
    return false;
  }

  private static void addVolume(ObjectNode spec, String name) {
    ArrayNode volumes =
        spec.get("volumes") instanceof ArrayNode present ? present : spec.putArray("volumes");
    ObjectNode projected = volumes.addObject().put("name", name).putObject("projected");
    ArrayNode sources = projected.putArray("sources");
    sources
        .addObject()
        .putObject("serviceAccountToken")
        .put("expirationSeconds", TOKEN_SECONDS)
        .put("path", "token");
    ObjectNode certificates = sources.addObject().putObject("configMap");
    certificates.put("name", "kube-root-ca.crt");
    certificates.putArray("items").addObject().put("key", "ca.crt").put("path", "ca.crt");
    ObjectNode namespace = sources.addObject().putObject("downwardAPI");
    namespace
        .putArray("items")
        .addObject()
        .put("path", "namespace")
        .putObject("fieldRef")
        .put("apiVersion", "v1")
        .put("fieldPath", "metadata.namespace");
    projected.put("defaultMode", MODE_0644);
  }

  private String suffix() {
    var text = new StringBuilder();
    for (int i = 0; i < SUFFIX_LENGTH; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }
}
