package dev.drydock.apiserver.admission;

import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.admission.AdmissionRequest.Operation;
import dev.drydock.apiserver.configuration.Section;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Nobody floods the server with events.
final class EventRateLimit implements AdmissionRule {
  private static final String VERSION = "eventratelimit.admission.k8s.io/v1alpha1";
  private static final int REMEMBERED = 4096;

  private final List<Limit> limits;
  private final InstantSource clock;

  /// What events are counted together by.
  private enum Type {
    SERVER("Server"),
    NAMESPACE("Namespace"),
    USER("User"),
    SOURCE_AND_OBJECT("SourceAndObject");

    private final String text;

    Type(String text) {
      this.text = text;
    }
  }

  /// @param buckets by what events have in common, the least used one first
  private record Limit(
      Type type, int perSecond, int burst, int most, Map<String, TokenBucket> buckets) {}

  private EventRateLimit(List<Limit> limits, InstantSource clock) {
    this.limits = List.copyOf(limits);
    this.clock = clock;
  }

  /// @throws IllegalArgumentException without a configuration, or for one that makes no sense
  static EventRateLimit of(@Nullable String configuration, InstantSource clock) {
    List<FieldError> errors = new ArrayList<>();
    List<Limit> limits = new ArrayList<>();
    if (configuration == null) {
      throw new IllegalArgumentException(
          "EventRateLimit: limits: Invalid value: []: must not be empty");
    }
    Section root = Section.read(configuration, "Configuration", Set.of(VERSION)).only("limits");
    List<Section> sections = root.children("limits");
    if (sections.isEmpty()) {
      errors.add(FieldError.invalid("limits", List.of(), "must not be empty"));
    }
    for (Section section : sections) {
      limits.add(limit(section.only("type", "qps", "burst", "cacheSize"), errors));
    }
    if (!errors.isEmpty()) {
      throw new IllegalArgumentException(
          "EventRateLimit: "
              + errors.stream().map(FieldError::toString).collect(Collectors.joining(", ")));
    }
    return new EventRateLimit(limits, clock);
  }

  private static Limit limit(Section section, List<FieldError> errors) {
    int burst = section.number("burst", 0);
    int perSecond = section.number("qps", 0);
    int size = section.number("cacheSize", 0);
    Type type = Type.SERVER;
    List<String> known = new ArrayList<>();
    boolean found = false;
    for (Type one : Type.values()) {
      known.add(one.text);
      if (one.text.equals(section.text("type"))) {
        type = one;
        found = true;
      }
    }
    if (!found) {
      errors.add(FieldError.notSupported(section.path("type"), section.text("type"), known));
    }
    if (burst <= 0) {
      errors.add(FieldError.invalid(section.path("burst"), burst, "must be positive"));
    }
    if (perSecond <= 0) {
      errors.add(FieldError.invalid(section.path("qps"), perSecond, "must be positive"));
    }
    if (size < 0) {
      errors.add(FieldError.invalid(section.path("cacheSize"), size, "must not be negative"));
    }
    int most = size == 0 ? REMEMBERED : size;
    return new Limit(type, perSecond, burst, most, new LinkedHashMap<>(16, 0.75f, true));
  }

  @Override
  public void validate(AdmissionRequest request) {
    boolean counts =
        request.operation() == Operation.CREATE || request.operation() == Operation.UPDATE;
    if (!counts || request.isRehearsal() || !request.target().type().resource().equals("events")) {
      return;
    }
    List<String> reached = new ArrayList<>();
    for (Limit limit : limits) {
      String key = key(limit.type(), request);
      if (!bucket(limit, key).take(clock.instant())) {
        reached.add("limit reached on type " + limit.type().text + " for key " + key);
      }
    }
    if (!reached.isEmpty()) {
      throw ApiException.tooManyRequests(
          reached.size() == 1 ? reached.getFirst() : "[" + String.join(", ", reached) + "]",
          Duration.ofSeconds(1));
    }
  }

  private TokenBucket bucket(Limit limit, String key) {
    Map<String, TokenBucket> buckets = limit.buckets();
    synchronized (buckets) {
      TokenBucket bucket = buckets.get(key);
      if (bucket == null) {
        if (buckets.size() >= limit.most()) {
          Iterator<String> oldest = buckets.keySet().iterator();
          oldest.next();
          oldest.remove();
        }
        bucket = new TokenBucket(limit.perSecond(), limit.burst(), clock.instant());
        buckets.put(key, bucket);
      }
      return bucket;
    }
  }

  private static String key(Type type, AdmissionRequest request) {
    return switch (type) {
      case SERVER -> "";
      case NAMESPACE -> request.target().namespace();
      case USER -> request.user().name();
      case SOURCE_AND_OBJECT -> sourceAndObject(request.object());
    };
  }

  private static String sourceAndObject(@Nullable ObjectNode event) {
    if (event == null) {
      return "";
    }
    // The two groups call the same fields differently.
    JsonNode source = event.path(event.has("source") ? "source" : "deprecatedSource");
    JsonNode object = event.path(event.has("involvedObject") ? "involvedObject" : "regarding");
    var key = new StringBuilder();
    for (String field : List.of("component", "host")) {
      key.append(source.path(field).asString(""));
    }
    for (String field : List.of("kind", "namespace", "name", "uid", "apiVersion")) {
      key.append(object.path(field).asString(""));
    }
    return key.toString();
  }
}
