package dev.drydock.apiserver.registry.flowcontrol;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.InnerForm;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/// PriorityLevelConfigurations.
public final class PriorityLevelStrategy implements ResourceStrategy {
  private static final int MOST_BITS = 60;
  private static final int MOST_QUEUES = 10_000_000;
  private static final Traits TRAITS = Traits.USUAL.counting();

  @Override
  public Traits traits() {
    return TRAITS;
  }

  /// Requests that find no place wait, with a queue as usual, only when the author says so.
  @Override
  public void applyDefaults(ObjectNode level) {
    if (Trees.text(level, "spec", "type").equals("Exempt")) {
      Trees.child(Trees.child(level, "spec"), "exempt");
      ObjectNode exempt = Trees.child(Trees.child(level, "spec"), "exempt");
      Trees.putDefault(exempt, "nominalConcurrencyShares", 0);
      Trees.putDefault(exempt, "lendablePercent", 0);
    }
  }

  @Override
  public void validateCreate(ObjectNode level, Violations found) {
    Field spec = Field.root(level).child("spec");
    Field limited = spec.child("limited");
    Field exempt = spec.child("exempt");
    boolean forExempt = Trees.text(level, "metadata", "name").equals("exempt");
    if (forExempt != spec.child("type").text().equals("Exempt")) {
      found.invalid(spec.child("type"), "type must be 'Exempt' if and only if name is 'exempt'");
    }
    switch (spec.child("type").text()) {
      case "Exempt" -> {
        if (limited.isPresent()) {
          found.forbidden(limited, "must be nil if the type is not Limited");
        }
        checkShares(exempt, found);
      }
      case "Limited" -> {
        if (exempt.isPresent()) {
          found.forbidden(exempt, "must be nil if the type is Limited");
        }
        if (limited.isPresent()) {
          checkLimited(limited, found);
        } else {
          found.required(limited, "must not be empty when type is Limited");
        }
      }
      default -> found.notSupported(spec.child("type"), List.of("Exempt", "Limited"));
    }
    String name = Trees.text(level, "metadata", "name");
    StandardFlows.mandatory(StandardFlows.levels(), name)
        .filter(fixed -> !StandardFlows.isLevel(spec.value(), fixed))
        .ifPresent(
            _ ->
                found.invalid(
                    spec,
                    InnerForm.capitalised(spec.value()),
                    "spec of '"
                        + name
                        + (forExempt ? "' except the 'spec.exempt' field" : "'")
                        + " must equal the fixed value"));
  }

  private static void checkShares(Field configuration, Violations found) {
    Field shares = configuration.child("nominalConcurrencyShares");
    if (shares.number(0) < 0) {
      found.invalid(shares, "must be a non-negative integer");
    }
    found.inRange(configuration.child("lendablePercent"), 0, 100);
  }

  private static void checkLimited(Field limited, Violations found) {
    checkShares(limited, found);
    Field borrowing = limited.child("borrowingLimitPercent");
    if (borrowing.number(0) < 0) {
      found.invalid(borrowing, "if specified, must be a non-negative integer");
    }
    Field response = limited.child("limitResponse");
    Field queuing = response.child("queuing");
    switch (response.child("type").text()) {
      case "Reject" -> {
        if (queuing.isPresent()) {
          found.forbidden(queuing, "must be nil if limited.limitResponse.type is not Limited");
        }
      }
      case "Queue" -> {
        if (queuing.isPresent()) {
          checkQueuing(queuing, found);
        } else {
          found.required(queuing, "must not be empty if limited.limitResponse.type is Limited");
        }
      }
      default -> found.notSupported(response.child("type"), List.of("Queue", "Reject"));
    }
  }

  private static void checkQueuing(Field queuing, Violations found) {
    for (String field : List.of("queueLengthLimit", "queues", "handSize")) {
      if (queuing.child(field).number(1) <= 0) {
        found.invalid(queuing.child(field), "must be positive");
      }
    }
    long queues = queuing.child("queues").number(0);
    if (queues > MOST_QUEUES) {
      found.invalid(queuing.child("queues"), "must not be greater than " + MOST_QUEUES);
    }
    Field hand = queuing.child("handSize");
    if (hand.number(0) > queues) {
      found.invalid(hand, "should not be greater than queues (" + queues + ")");
    } else if (hand.number(0) > 0 && bits(queues) * hand.number(0) > MOST_BITS) {
      found.invalid(
          hand,
          "required entropy bits of deckSize "
              + queues
              + " and handSize "
              + hand.number(0)
              + " should not be greater than "
              + MOST_BITS);
    }
  }

  /// How many bits one choice among the queues takes.
  private static double bits(long queues) {
    return Math.log((double) queues) / Math.log(2);
  }

  @Override
  public void validateUpdate(ObjectNode level, ObjectNode before, Violations found) {
    Conditions.check(Field.root(level).child("status", "conditions"), found);
    if (!Objects.equals(level.get("spec"), before.get("spec"))) {
      validateCreate(level, found);
    }
  }
}
