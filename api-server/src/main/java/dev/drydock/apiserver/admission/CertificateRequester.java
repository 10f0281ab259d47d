package dev.drydock.apiserver.admission;

import dev.drydock.api.time.KubernetesTime;
import dev.drydock.apiserver.admission.AdmissionRequest.Operation;
import dev.drydock.apiserver.request.User;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes into a CertificateSigningRequest who asks, whatever he says himself, and into its
/// conditions when they came.
final class CertificateRequester implements AdmissionRule {
  private static final String GROUP = "certificates.k8s.io";
  private static final String REQUESTS = "certificatesigningrequests";

  @Override
  public void mutate(AdmissionRequest request) {
    ObjectNode object = request.object();
    if (object == null
        || !request.target().type().resource().equals(REQUESTS)
        || !request.target().type().group().equals(GROUP)) {
      return;
    }
    if (request.operation() == Operation.CREATE && !request.target().hasSubresource()) {
      if (object.get("spec") instanceof ObjectNode spec) {
        sign(spec, request.user());
      }
    } else if (request.operation() == Operation.UPDATE && request.target().hasSubresource()) {
      date(object, request.before(), KubernetesTime.seconds(request.context().received()));
    }
  }

  private static void sign(ObjectNode spec, User user) {
    spec.remove(List.of("uid", "groups", "extra"));
    spec.put("username", user.name());
    if (!user.uid().isEmpty()) {
      spec.put("uid", user.uid());
    }
    if (!user.groups().isEmpty()) {
      ArrayNode groups = spec.putArray("groups");
      user.groups().forEach(groups::add);
    }
    if (!user.extra().isEmpty()) {
      ObjectNode extra = spec.putObject("extra");
      for (Map.Entry<String, List<String>> entry : user.extra().entrySet()) {
        ArrayNode values = extra.putArray(entry.getKey());
        entry.getValue().forEach(values::add);
      }
    }
  }

  private static void date(ObjectNode object, @Nullable ObjectNode before, String now) {
    for (JsonNode each : object.path("status").path("conditions")) {
      if (!(each instanceof ObjectNode condition)) {
        continue;
      }
      if (!condition.hasNonNull("lastUpdateTime")) {
        condition.put("lastUpdateTime", now);
      }
      if (!condition.hasNonNull("lastTransitionTime")) {
        condition.put("lastTransitionTime", since(condition, before, now));
      }
    }
  }

  private static String since(ObjectNode condition, @Nullable ObjectNode before, String now) {
    if (before != null) {
      for (JsonNode old : before.path("status").path("conditions")) {
        if (old.path("type").equals(condition.path("type"))
            && old.path("status").equals(condition.path("status"))) {
          return old.path("lastTransitionTime").asString(now);
        }
      }
    }
    return now;
  }
}
