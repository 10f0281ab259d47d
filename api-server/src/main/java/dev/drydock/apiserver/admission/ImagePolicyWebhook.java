package dev.drydock.apiserver.admission;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.access.asking.ReviewServer;
import dev.drydock.apiserver.access.asking.ReviewServer.SilentException;
import dev.drydock.apiserver.access.asking.ServerAddress;
import dev.drydock.apiserver.admission.AdmissionRequest.Operation;
import dev.drydock.apiserver.configuration.Section;
import dev.drydock.apiserver.request.Notices;
import dev.drydock.client.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A server outside says whether a pod may have its images.
final class ImagePolicyWebhook implements AdmissionRule {
  private static final Logger LOG = Logger.getLogger(ImagePolicyWebhook.class.getName());
  private static final String NOTES = "imagepolicywebhook.image-policy.k8s.io/";
  private static final String OPEN = "alpha.image-policy.k8s.io/failed-open";
  private static final int MOST = 1024;
  private static final Duration LONGEST = Duration.ofMinutes(30);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ReviewServer server;
  private final Lifetimes lifetimes;
  private final WhenSilent silent;
  private final InstantSource clock;
  private final Map<JsonNode, Answer> answers = new ConcurrentHashMap<>();

  /// How long answers count; zero: not at all.
  private record Lifetimes(Duration allowed, Duration denied) {}

  private record Answer(JsonNode status, Instant until) {}

  /// What no answer means.
  private enum WhenSilent {
    ALLOWED,
    DENIED
  }

  private ImagePolicyWebhook(
      ReviewServer server, Lifetimes lifetimes, WhenSilent silent, InstantSource clock) {
    this.server = server;
    this.lifetimes = lifetimes;
    this.silent = silent;
    this.clock = clock;
  }

  /// @throws IllegalArgumentException without a configuration, or for one that makes no sense
  static ImagePolicyWebhook of(
      PluginConfigurations configurations, InstantSource clock, Timers timers) {
    String configuration = configurations.of("ImagePolicyWebhook");
    if (configuration == null) {
      throw new IllegalArgumentException("ImagePolicyWebhook: no config specified");
    }
    Section policy = Section.parse(configuration).only("imagePolicy").child("imagePolicy");
    policy.only("kubeConfigFile", "allowTTL", "denyTTL", "retryBackoff", "defaultAllow");
    String file = policy.text("kubeConfigFile");
    var address = ServerAddress.read(configurations.directory().resolve(file));
    return new ImagePolicyWebhook(
        new ReviewServer(address, PATIENCE, timers),
        new Lifetimes(
            lifetime(policy, "allowTTL", Duration.ofMinutes(5)),
            lifetime(policy, "denyTTL", Duration.ofSeconds(30))),
        policy.isTrue("defaultAllow") ? WhenSilent.ALLOWED : WhenSilent.DENIED,
        clock);
  }

  /// In seconds: 0 is the default, -1 never.
  private static Duration lifetime(Section policy, String field, Duration otherwise) {
    int seconds = policy.number(field, 0);
    if (seconds == -1) {
      return Duration.ZERO;
    }
    Duration lifetime = seconds == 0 ? otherwise : Duration.ofSeconds(seconds);
    if (lifetime.isNegative() || lifetime.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "ImagePolicyWebhook: valid value is between 1s and 30m0s, got " + seconds + "s");
    }
    return lifetime;
  }

  @Override
  public void validate(AdmissionRequest request) {
    ObjectNode pod = request.object();
    boolean writes =
        request.operation() == Operation.CREATE || request.operation() == Operation.UPDATE;
    boolean isPod = request.isFor("", "pods") || request.isFor("", "pods", "ephemeralcontainers");
    if (!writes || !isPod || pod == null) {
      return;
    }
    ObjectNode spec = spec(request, pod);
    JsonNode status = status(spec);
    Notices notices = request.context().warnings();
    if (status == null) {
      if (silent == WhenSilent.DENIED) {
        throw refused(request, "the image policy webhook gave no answer");
      }
      notices.annotate(NOTES + "failed-open", "true");
      Trees.child(Trees.child(pod, "metadata"), "annotations").put(OPEN, "true");
      return;
    }
    status
        .path("auditAnnotations")
        .properties()
        .forEach(e -> notices.annotate(NOTES + e.getKey(), e.getValue().asString("")));
    if (!status.path("allowed").asBoolean(false)) {
      String reason = status.path("reason").asString("");
      throw refused(
          request,
          reason.isEmpty()
              ? "one or more images rejected by webhook backend"
              : "image policy webhook backend denied one or more images: " + reason);
    }
  }

  private static ApiException refused(AdmissionRequest request, String reason) {
    return ApiException.forbidden(request.target().type(), AdmissionNames.shown(request), reason);
  }

  private static ObjectNode spec(AdmissionRequest request, ObjectNode pod) {
    ObjectNode spec = Trees.object();
    boolean ephemeral = !request.target().subresource().isEmpty();
    ArrayNode containers = spec.putArray("containers");
    String[] lists =
        ephemeral
            ? new String[] {"ephemeralContainers"}
            : new String[] {"containers", "initContainers"};
    for (String list : lists) {
      for (JsonNode container : pod.path("spec").path(list)) {
        containers.addObject().put("image", container.path("image").asString(""));
      }
    }
    ObjectNode annotations = Trees.object();
    pod.path("metadata")
        .path("annotations")
        .properties()
        .forEach(
            e -> {
              if (e.getKey().contains(".image-policy.k8s.io/")) {
                annotations.set(e.getKey(), e.getValue());
              }
            });
    if (!annotations.isEmpty()) {
      spec.set("annotations", annotations);
    }
    return spec.put("namespace", request.target().namespace());
  }

  /// Null: there was no answer.
  private @Nullable JsonNode status(ObjectNode spec) {
    Answer known = answers.get(spec);
    Instant now = clock.instant();
    if (known != null && now.isBefore(known.until())) {
      return known.status();
    }
    ObjectNode review = Trees.object();
    review.put("kind", "ImageReview").put("apiVersion", "imagepolicy.k8s.io/v1alpha1");
    review.putObject("metadata").putNull("creationTimestamp");
    review.set("spec", spec);
    review.putObject("status").put("allowed", false);
    try {
      JsonNode status = server.ask(review).path("status");
      boolean allowed = status.path("allowed").asBoolean(false);
      Duration lifetime = allowed ? lifetimes.allowed() : lifetimes.denied();
      if (answers.size() >= MOST) {
        answers.clear();
      }
      answers.put(spec, new Answer(status, now.plus(lifetime)));
      return status;
    } catch (SilentException failure) {
      LOG.warning("error contacting webhook backend: " + failure.getMessage());
      return null;
    }
  }
}
