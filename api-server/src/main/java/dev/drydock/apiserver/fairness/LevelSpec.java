package dev.drydock.apiserver.fairness;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A PriorityLevelConfiguration, read.
///
/// @param shares how much of the server it has, compared with the others
/// @param lendablePercent how much of that others may use when it does not need it
/// @param borrowingLimitPercent how much it may use of the others', in percent of its own; null:
///     everything they lend
record LevelSpec(
    String name,
    String uid,
    Kind kind,
    int shares,
    int lendablePercent,
    @Nullable Integer borrowingLimitPercent,
    Queuing queuing) {

  /// What becomes of a request that finds the level busy.
  enum Kind {
    /// There is no such thing as busy.
    EXEMPT,
    REJECTING,
    QUEUING
  }

  /// @param queues how many there are
  /// @param handSize how many of them a flow may use
  /// @param lengthLimit how many requests may wait in one
  record Queuing(int queues, int handSize, int lengthLimit) {
    static final Queuing USUAL = new Queuing(64, 8, 50);
  }

  static LevelSpec of(ObjectNode object) {
    JsonNode metadata = object.path("metadata");
    JsonNode spec = object.path("spec");
    boolean exempt = spec.path("type").asString("").equals("Exempt");
    JsonNode part = spec.path(exempt ? "exempt" : "limited");
    JsonNode response = part.path("limitResponse");
    boolean queues = response.path("type").asString("").equals("Queue");
    JsonNode borrowing = part.path("borrowingLimitPercent");
    return new LevelSpec(
        metadata.path("name").asString(""),
        metadata.path("uid").asString(""),
        exempt ? Kind.EXEMPT : queues ? Kind.QUEUING : Kind.REJECTING,
        part.path("nominalConcurrencyShares").asInt(exempt ? 0 : 30),
        part.path("lendablePercent").asInt(0),
        borrowing.isNumber() ? borrowing.asInt() : null,
        queuing(response.path("queuing")));
  }

  private static Queuing queuing(JsonNode tree) {
    return new Queuing(
        Math.max(1, tree.path("queues").asInt(Queuing.USUAL.queues())),
        Math.max(1, tree.path("handSize").asInt(Queuing.USUAL.handSize())),
        Math.max(0, tree.path("queueLengthLimit").asInt(Queuing.USUAL.lengthLimit())));
  }

  /// Whether requests that wait under this may go on waiting under the other.
  boolean keepsQueuesOf(LevelSpec other) {
    return kind == other.kind && queuing.equals(other.queuing);
  }
}
