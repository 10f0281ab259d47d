package dev.drydock.apiserver.audit;

import dev.drydock.apiserver.audit.AuditPolicy.Level;
import dev.drydock.apiserver.audit.AuditPolicy.ManagedFields;
import dev.drydock.apiserver.audit.AuditPolicy.Stage;
import dev.drydock.apiserver.audit.AuditPolicy.Verdict;
import dev.drydock.apiserver.filter.Call;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What is taken down of one request while it is carried out.
final class AuditRecord implements Call.Notes {
  private final Verdict verdict;
  private final BiConsumer<AuditRecord, Stage> emit;
  private final Map<String, String> annotations = new ConcurrentSkipListMap<>();
  private volatile @Nullable JsonNode request;
  private volatile @Nullable JsonNode response;

  /// @param emit writes the event of a stage
  AuditRecord(Verdict verdict, BiConsumer<AuditRecord, Stage> emit) {
    this.verdict = verdict;
    this.emit = emit;
  }

  Level level() {
    return verdict.level();
  }

  boolean wants(Stage stage) {
    return verdict.level() != Level.NONE && !verdict.omitted().contains(stage);
  }

  @Override
  public void request(JsonNode body) {
    if (verdict.level().includes(Level.REQUEST)) {
      request = shown(body.deepCopy());
    }
  }

  @Override
  public void response(Supplier<? extends JsonNode> body) {
    if (verdict.level().includes(Level.REQUEST_RESPONSE)) {
      JsonNode tree = body.get();
      response = verdict.managedFields() == ManagedFields.OMITTED ? shown(tree.deepCopy()) : tree;
    }
  }

  @Override
  public void annotate(String key, String value) {
    annotations.putIfAbsent(key, value);
  }

  @Override
  public void begun() {
    emit.accept(this, Stage.RESPONSE_STARTED);
  }

  private JsonNode shown(JsonNode tree) {
    if (verdict.managedFields() == ManagedFields.OMITTED) {
      strip(tree);
      tree.path("items").forEach(AuditRecord::strip);
    }
    return tree;
  }

  private static void strip(JsonNode object) {
    if (object.path("metadata") instanceof ObjectNode metadata) {
      metadata.remove("managedFields");
    }
  }

  @Nullable JsonNode request() {
    return request;
  }

  @Nullable JsonNode response() {
    return response;
  }

  Map<String, String> annotations() {
    return annotations;
  }
}
