package dev.drydock.apiserver.registry.customresource;

import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.StatusReason;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.VersionConversion;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Versions that a webhook converts into each other. Of metadata, a webhook may change labels and
/// annotations only.
public final class WebhookConversion implements VersionConversion {
  private static final List<String> REVIEW_VERSIONS = List.of("v1", "v1beta1");

  private final ObjectNode webhook;
  private final Caller caller;
  private final Supplier<String> uids;

  /// Sends reviews.
  public interface Caller {

    /// @param clientConfig where to, as the definition says it
    /// @return the review with its response
    /// @throws CallException when there is none
    ObjectNode review(JsonNode clientConfig, ObjectNode review) throws CallException;
  }

  /// A webhook could not be asked.
  public static final class CallException extends Exception {
    private static final long serialVersionUID = 1L;

    public CallException(String message) {
      super(message);
    }
  }

  private WebhookConversion(ObjectNode webhook, Caller caller, Supplier<String> uids) {
    this.webhook = webhook;
    this.caller = caller;
    this.uids = uids;
  }

  /// What a definition says about the conversion between its versions.
  public static VersionConversion of(ObjectNode definition, Caller caller, Supplier<String> uids) {
    JsonNode conversion = Trees.at(definition, "spec", "conversion");
    return Trees.text(conversion, "strategy").equals("Webhook")
            && conversion.path("webhook") instanceof ObjectNode webhook
        ? new WebhookConversion(webhook, caller, uids)
        : NONE;
  }

  @Override
  public Reach reach() {
    return Reach.NETWORK;
  }

  @Override
  public ObjectNode convert(ObjectNode object, String apiVersion) {
    String uid = uids.get();
    String version =
        Trees.texts(webhook, "conversionReviewVersions").stream()
            .filter(REVIEW_VERSIONS::contains)
            .findFirst()
            .orElse(REVIEW_VERSIONS.getFirst());
    ObjectNode review = Trees.object();
    review.put("kind", "ConversionReview").put("apiVersion", "apiextensions.k8s.io/" + version);
    ObjectNode request = review.putObject("request");
    request.put("uid", uid).put("desiredAPIVersion", apiVersion);
    request.putArray("objects").add(object);
    try {
      ObjectNode answer = caller.review(Trees.at(webhook, "clientConfig"), review);
      return accepted(object, apiVersion, response(answer, uid));
    } catch (CallException e) {
      throw failed(object, String.valueOf(e.getMessage()));
    }
  }

  private static JsonNode response(ObjectNode answer, String uid) throws CallException {
    JsonNode response = Trees.at(answer, "response");
    if (response.isMissingNode()) {
      throw new CallException("no response provided");
    }
    String given = Trees.text(response, "uid");
    if (!given.equals(uid)) {
      throw new CallException("expected response.uid=\"" + uid + "\", got \"" + given + '"');
    }
    if (!Trees.text(response, "result", "status").equals("Success")) {
      throw new CallException(Trees.text(response, "result", "message"));
    }
    return response;
  }

  private static ObjectNode accepted(ObjectNode object, String apiVersion, JsonNode response) {
    List<ObjectNode> converted = Trees.objects(response, "convertedObjects");
    if (converted.size() != 1) {
      throw broken(object, "returned " + converted.size() + " objects, expected 1");
    }
    ObjectNode result = converted.getFirst();
    String invalid = "returned invalid converted object at index 0: invalid ";
    if (!Trees.text(result, "apiVersion").equals(apiVersion)) {
      throw broken(
          object,
          invalid
              + "groupVersion (expected "
              + apiVersion
              + ", received "
              + Trees.text(result, "apiVersion")
              + ")");
    }
    if (!Trees.text(result, "kind").equals(Trees.text(object, "kind"))) {
      throw broken(
          object,
          invalid
              + "kind (expected "
              + Trees.text(object, "kind")
              + ", received "
              + Trees.text(result, "kind")
              + ")");
    }
    restore(object, result);
    return result;
  }

  private static void restore(ObjectNode object, ObjectNode result) {
    ObjectNode given = Trees.child(result, "metadata");
    ObjectNode original = Trees.child(object, "metadata");
    for (String field : List.of("name", "namespace", "uid")) {
      String wanted = Trees.text(original, field);
      if (!Trees.text(given, field).equals(wanted)) {
        throw broken(
            object,
            "returned invalid metadata in object at index 0: must have the same "
                + field
                + ": "
                + Trees.text(given, field)
                + " != "
                + wanted);
      }
    }
    ObjectNode metadata = original.deepCopy();
    for (String field : List.of("labels", "annotations")) {
      Trees.restore(metadata, given, field);
    }
    result.set("metadata", metadata);
  }

  private static ApiException failed(ObjectNode object, String reason) {
    return broken(object, "failed: " + reason);
  }

  private static ApiException broken(ObjectNode object, String problem) {
    return ApiException.of(
        StatusReason.UNKNOWN,
        "conversion webhook for "
            + Trees.text(object, "apiVersion")
            + ", Kind="
            + Trees.text(object, "kind")
            + " "
            + problem);
  }
}
