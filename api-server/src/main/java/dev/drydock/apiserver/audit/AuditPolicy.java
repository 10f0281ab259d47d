package dev.drydock.apiserver.audit;

import dev.drydock.api.codec.YamlCodec;
import dev.drydock.apiserver.filter.Subject;
import dev.drydock.apiserver.request.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What is taken down of which requests: the first rule that fits decides.
///
/// @param omitted stages that nobody wants
public record AuditPolicy(List<AuditRule> rules, Set<Stage> omitted) {
  private static final Verdict NOTHING = new Verdict(Level.NONE, Set.of(), ManagedFields.KEPT);

  public AuditPolicy {
    rules = List.copyOf(rules);
    omitted = Set.copyOf(omitted);
  }

  /// How much.
  public enum Level {
    NONE("None"),
    METADATA("Metadata"),
    REQUEST("Request"),
    REQUEST_RESPONSE("RequestResponse");

    private final String text;

    Level(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }

    boolean includes(Level other) {
      return compareTo(other) >= 0;
    }
  }

  /// When.
  public enum Stage {
    REQUEST_RECEIVED("RequestReceived"),
    RESPONSE_STARTED("ResponseStarted"),
    RESPONSE_COMPLETE("ResponseComplete"),
    PANIC("Panic");

    private final String text;

    Stage(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /// Whether `metadata.managedFields` goes along with objects.
  enum ManagedFields {
    KEPT,
    OMITTED
  }

  /// What is taken down of one request.
  record Verdict(Level level, Set<Stage> omitted, ManagedFields managedFields) {}

  /// Without a file: who did what, once it is done.
  public static AuditPolicy usual() {
    return new AuditPolicy(
        List.of(AuditRule.everything(Level.METADATA)), Set.of(Stage.REQUEST_RECEIVED));
  }

  /// Reads `--audit-policy-file`.
  ///
  /// @throws IOException when it can't be read
  /// @throws IllegalArgumentException when it is no policy
  public static AuditPolicy read(Path file) throws IOException {
    List<JsonNode> documents = YamlCodec.readAll(Files.readString(file));
    if (documents.isEmpty() || !documents.getFirst().path("kind").asString("").equals("Policy")) {
      throw new IllegalArgumentException(file + ": expected a Policy of audit.k8s.io/v1");
    }
    return of(documents.getFirst(), String.valueOf(file));
  }

  static AuditPolicy of(JsonNode tree, String where) {
    JsonNode policy = tree;
    boolean bare = policy.path("omitManagedFields").asBoolean(false);
    List<AuditRule> rules = new ArrayList<>();
    for (JsonNode rule : policy.path("rules")) {
      rules.add(AuditRule.of(rule, bare ? ManagedFields.OMITTED : ManagedFields.KEPT));
    }
    if (rules.isEmpty()) {
      throw new IllegalArgumentException(where + ": a policy needs rules");
    }
    return new AuditPolicy(rules, stages(policy.path("omitStages")));
  }

  static Set<Stage> stages(JsonNode list) {
    Set<Stage> stages = EnumSet.noneOf(Stage.class);
    for (JsonNode text : list) {
      stages.add(named(Stage.values(), Stage::text, text.asString("")));
    }
    return stages;
  }

  static Level level(String text) {
    return named(Level.values(), Level::text, text);
  }

  private static <T> T named(T[] values, java.util.function.Function<T, String> name, String text) {
    for (T value : values) {
      if (name.apply(value).equals(text)) {
        return value;
      }
    }
    throw new IllegalArgumentException("audit policy: \"" + text + "\" is not known");
  }

  Verdict of(User user, Subject subject) {
    @Nullable AuditRule rule = null;
    for (AuditRule one : rules) {
      if (one.matches(user, subject)) {
        rule = one;
        break;
      }
    }
    if (rule == null || rule.level() == Level.NONE) {
      return NOTHING;
    }
    Set<Stage> without = EnumSet.noneOf(Stage.class);
    without.addAll(omitted);
    without.addAll(rule.omitted());
    return new Verdict(rule.level(), without, rule.managedFields());
  }
}
