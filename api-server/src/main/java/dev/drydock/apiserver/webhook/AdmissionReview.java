package dev.drydock.apiserver.webhook;

import dev.drydock.api.codec.TreeCodec;
import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.Status;
import dev.drydock.api.status.StatusReason;
import dev.drydock.apiserver.matching.Attempt;
import dev.drydock.apiserver.matching.ReviewRequest;
import dev.drydock.apiserver.patch.PatchEngine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What is said to an admission webhook, and what its answer means.
final class AdmissionReview {
  private static final String API_VERSION = "admission.k8s.io/v1";
  private static final int LOWEST_ERROR = 400;

  private AdmissionReview() {}

  /// An answer that counts.
  ///
  /// @param patch empty: nothing changes
  record Answer(
      Verdict verdict,
      JsonNode status,
      String patch,
      List<String> warnings,
      JsonNode annotations) {}

  /// Yes or no.
  enum Verdict {
    ALLOWED,
    DENIED
  }

  static ObjectNode question(String uid, Attempt attempt, ResourceType shown) {
    ObjectNode review = JsonNodeFactory.instance.objectNode();
    review.put("kind", "AdmissionReview");
    review.put("apiVersion", API_VERSION);
    ObjectNode request = review.putObject("request");
    request.put("uid", uid);
    request.setAll(ReviewRequest.of(attempt, shown));
    request.set("object", attempt.objectNode());
    request.set("oldObject", attempt.beforeNode());
    return review;
  }

  static Answer answer(String uid, ObjectNode review) throws WebhookException {
    String kind = review.path("kind").stringValue("");
    String version = review.path("apiVersion").stringValue("");
    if (!kind.equals("AdmissionReview") || !version.equals(API_VERSION)) {
      throw new WebhookException(
          "expected webhook response of admission.k8s.io/v1, Kind=AdmissionReview, got "
              + version
              + ", Kind="
              + kind);
    }
    JsonNode response = review.path("response");
    if (!response.isObject()) {
      throw new WebhookException("webhook response was absent");
    }
    String answered = response.path("uid").stringValue("");
    if (!answered.equals(uid)) {
      throw new WebhookException("expected response.uid=\"" + uid + "\", got \"" + answered + "\"");
    }
    List<String> warnings = new ArrayList<>();
    response.path("warnings").forEach(warning -> warnings.add(warning.stringValue("")));
    return new Answer(
        response.path("allowed").booleanValue(false) ? Verdict.ALLOWED : Verdict.DENIED,
        response.path("status"),
        patch(response),
        warnings,
        response.path("auditAnnotations"));
  }

  private static String patch(JsonNode response) throws WebhookException {
    String patch = response.path("patch").stringValue("");
    String type = response.path("patchType").stringValue("");
    if (patch.isEmpty()) {
      if (!type.isEmpty()) {
        throw new WebhookException("webhook returned response.patchType but not response.patch");
      }
      return "";
    }
    if (type.isEmpty()) {
      throw new WebhookException("webhook returned response.patch but not response.patchType");
    }
    if (!type.equals("JSONPatch")) {
      throw new WebhookException("unsupported patch type \"" + type + "\"");
    }
    return patch;
  }

  /// The object as the webhook wants it.
  static ObjectNode patched(ObjectNode object, String patch) throws WebhookException {
    try {
      byte[] json = Base64.getDecoder().decode(patch.getBytes(StandardCharsets.UTF_8));
      return PatchEngine.json(object, TreeCodec.readValue(json));
    } catch (IllegalArgumentException | JacksonException | ApiException e) {
      throw new WebhookException(String.valueOf(e.getMessage()));
    }
  }

  /// What the user is told of a refusal.
  static ApiException denied(String webhook, JsonNode status) {
    String by = "admission webhook \"" + webhook + "\" denied the request";
    String message = status.path("message").stringValue("");
    String reason = status.path("reason").stringValue("");
    String text =
        !message.isEmpty()
            ? by + ": " + message
            : !reason.isEmpty() ? by + ": " + reason : by + " without explanation";
    int code = status.path("code").asInt(0);
    return new ApiException(
        new Status(
            reason.isEmpty() ? StatusReason.UNKNOWN : StatusReason.ofText(reason),
            code < LOWEST_ERROR ? LOWEST_ERROR : code,
            text,
            Status.Details.NONE));
  }
}
