package dev.drydock.apiserver.admission;

import dev.drydock.api.quantity.Quantity;
import dev.drydock.api.usage.ResourceAmounts;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One item of a LimitRange against what a pod, a container or a claim wants.
final class LimitBounds {
  private static final int SMALL = 1000;

  private LimitBounds() {}

  /// What is wanted.
  record Wishes(ResourceAmounts requests, ResourceAmounts limits, Ceiling ceiling) {}

  /// What a maximum is compared with.
  enum Ceiling {
    /// Limits, which must be there, and requests.
    LIMITS,
    /// Requests alone: the thing has no limits.
    REQUESTS
  }

  /// @param failures takes what is out of bounds
  static void check(JsonNode limit, String type, Wishes wishes, Set<String> failures) {
    ResourceAmounts.of(limit.get("min"))
        .byName()
        .forEach((name, bound) -> atLeast(name, type, bound, wishes, failures));
    ResourceAmounts.of(limit.get("max"))
        .byName()
        .forEach((name, bound) -> atMost(name, type, bound, wishes, failures));
    ResourceAmounts.of(limit.get("maxLimitRequestRatio"))
        .byName()
        .forEach((name, bound) -> ratio(name, type, bound, wishes, failures));
  }

  private static void atLeast(
      String name, String type, Quantity bound, Wishes wishes, Set<String> failures) {
    Quantity request = wishes.requests().get(name);
    Quantity limit = wishes.limits().get(name);
    String rule = "minimum " + name + " usage per " + type + " is " + bound;
    if (request == null) {
      failures.add(rule + ".  No request is specified");
    } else if (request.compareTo(bound) < 0) {
      failures.add(rule + ", but request is " + request);
    } else if (limit != null && limit.compareTo(bound) < 0) {
      failures.add(rule + ", but limit is " + limit);
    }
  }

  private static void atMost(
      String name, String type, Quantity bound, Wishes wishes, Set<String> failures) {
    Quantity request = wishes.requests().get(name);
    Quantity limit = wishes.limits().get(name);
    String rule = "maximum " + name + " usage per " + type + " is " + bound;
    switch (wishes.ceiling()) {
      case REQUESTS -> {
        if (request == null) {
          failures.add(rule + ".  No request is specified");
        }
      }
      case LIMITS -> {
        if (limit == null) {
          failures.add(rule + ".  No limit is specified");
          return;
        }
        if (limit.compareTo(bound) > 0) {
          failures.add(rule + ", but limit is " + limit);
          return;
        }
      }
    }
    if (request != null && request.compareTo(bound) > 0) {
      failures.add(rule + ", but request is " + request);
    }
  }

  private static void ratio(
      String name, String type, Quantity bound, Wishes wishes, Set<String> failures) {
    Quantity request = wishes.requests().get(name);
    Quantity limit = wishes.limits().get(name);
    String rule = name + " max limit to request ratio per " + type + " is " + bound;
    if (isNothing(request)) {
      failures.add(rule + ", but no request is specified or request is 0");
    } else if (isNothing(limit)) {
      failures.add(rule + ", but no limit is specified or limit is 0");
    } else {
      double actual = (double) inThousandths(limit) / inThousandths(request);
      double most = bound.value() <= SMALL ? bound.milliValue() / 1000.0 : bound.value();
      if (actual > most) {
        failures.add(rule + ", but provided ratio is " + String.format(Locale.ROOT, "%f", actual));
      }
    }
  }

  private static boolean isNothing(@Nullable Quantity amount) {
    return amount == null || amount.isZero();
  }

  private static long inThousandths(@Nullable Quantity amount) {
    return amount == null ? 0 : amount.milliValue();
  }
}
