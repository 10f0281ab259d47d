package dev.drydock.apiserver.registry.customresource;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.cel.CelProgram;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// Adds up what the rules of a schema can cost, and refuses what could be too much.
///
/// Source: limits and texts of `apiextensions/validation`.
final class RuleCosts {
  /// Of a value that is there once.
  static final long ONCE = 1;

  /// Of a value whose number nothing limits.
  static final long OFTEN = Long.MAX_VALUE;

  private static final long RULE_LIMIT = 10_000_000;
  private static final long SCHEMA_LIMIT = 100_000_000;
  private static final int NAMED = 4;

  private final List<Expensive> expensive = new ArrayList<>();
  private long total;

  private record Expensive(String place, long cost) {}

  /// How often the parts of something can be there.
  ///
  /// @param times of the whole
  /// @param limit how many parts it may have; missing: any number
  static long among(long times, JsonNode limit) {
    return limit.isIntegralNumber() ? product(times, limit.longValue()) : OFTEN;
  }

  /// @param times how often the rule can run
  void check(CelProgram rule, long times, String place, List<FieldError> errors) {
    observe(rule, times, place, "estimated rule cost", errors);
  }

  void checkMessages(CelProgram messages, String place, List<FieldError> errors) {
    observe(messages, ONCE, place, "estimated messageExpression cost", errors);
  }

  private void observe(
      CelProgram program, long times, String place, String what, List<FieldError> errors) {
    long cost = product(program.largestCost(), times);
    if (cost > RULE_LIMIT) {
      errors.add(FieldError.forbidden(place, message(what, cost, RULE_LIMIT)));
    }
    if (cost >= SCHEMA_LIMIT / 100) {
      expensive.add(new Expensive(place, cost));
    }
    total = total > OFTEN - cost ? OFTEN : total + cost;
  }

  /// @param place of the whole schema
  void checkTotal(String place, List<FieldError> errors) {
    if (total <= SCHEMA_LIMIT) {
      return;
    }
    expensive.stream()
        .sorted(Comparator.comparingLong(Expensive::cost).reversed())
        .limit(NAMED)
        .forEach(
            one ->
                errors.add(
                    FieldError.forbidden(
                        one.place(),
                        "contributed to estimated rule cost total exceeding cost limit for entire"
                            + " OpenAPIv3 schema")));
    errors.add(
        FieldError.forbidden(
            place,
            message(
                "x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema",
                total,
                SCHEMA_LIMIT)));
  }

  private static String message(String what, long cost, long limit) {
    double factor = (double) cost / limit;
    String words =
        factor > 100
            ? "more than 100x"
            : String.format(Locale.ROOT, factor < 1.5 ? "%fx" : "%.1fx", factor);
    return what
        + " exceeds budget by factor of "
        + words
        + " (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where"
        + " arrays, maps, and strings are declared)";
  }

  private static long product(long one, long other) {
    return one != 0 && other > OFTEN / one ? OFTEN : one * other;
  }
}
