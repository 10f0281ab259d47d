package dev.drydock.apiserver.registry.workload;

import dev.drydock.apiserver.registry.pod.PodSpecRules;
import dev.drydock.apiserver.registry.strategy.Domains;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;

/// What the spec of a Job must be like, of its own or in a CronJob.
///
/// Source: limits and messages of `pkg/apis/batch/validation`.
final class JobRules {
  private static final List<String> RESTART_POLICIES = List.of("OnFailure", "Never");
  private static final List<String> ANY = List.of("Always", "Never", "OnFailure");
  private static final int MOST_PARALLEL = 100_000;
  private static final int MANY = 100_000;
  private static final int MOST_FAILED = 10_000;
  private static final int MOST_SUCCESS_RULES = 20;
  private static final int LONGEST_INDEXES = 64 * 1024;
  private static final String INDEXED = "requires indexed completion mode";

  private JobRules() {}

  static void checkSpec(Field spec, Violations found) {
    for (String number :
        List.of(
            "parallelism",
            "completions",
            "activeDeadlineSeconds",
            "backoffLimit",
            "ttlSecondsAfterFinished",
            "backoffLimitPerIndex",
            "maxFailedIndexes")) {
      found.notNegative(spec.child(number));
    }
    if (spec.child("maxFailedIndexes").isPresent()
        && !spec.child("backoffLimitPerIndex").isPresent()) {
      found.required(spec.child("backoffLimitPerIndex"), "when maxFailedIndexes is specified");
    }
    Field manager = spec.child("managedBy");
    if (manager.isPresent()) {
      Domains.checkPrefixedPath(manager, found);
      if (manager.text().length() > 63) {
        found.tooLong(manager, 63);
      }
    }
    checkMode(spec, found);
    Field policy = spec.child("podFailurePolicy");
    if (policy.isPresent()) {
      FailurePolicyRules.check(spec, policy, found);
    }
    checkSuccess(spec, found);
    checkReplacement(spec, found);
    PodSpecRules.checkTemplate(spec.child("template"), ANY, found);
    checkRestartPolicy(spec, found);
  }

  private static void checkMode(Field spec, Violations found) {
    Field mode = spec.child("completionMode");
    found.oneOf(mode, List.of("NonIndexed", "Indexed"));
    Field completions = spec.child("completions");
    Field perIndex = spec.child("backoffLimitPerIndex");
    Field failed = spec.child("maxFailedIndexes");
    if (!mode.text().equals("Indexed")) {
      if (perIndex.isPresent()) {
        found.invalid(perIndex, INDEXED);
      }
      if (failed.isPresent()) {
        found.invalid(failed, INDEXED);
      }
      return;
    }
    if (!completions.isPresent()) {
      found.required(completions, "when completion mode is Indexed");
    }
    Field parallelism = spec.child("parallelism");
    if (parallelism.number(0) > MOST_PARALLEL) {
      found.invalid(
          parallelism,
          "must be less than or equal to " + MOST_PARALLEL + " when completion mode is Indexed");
    }
    if (completions.isPresent() && failed.number(0) > completions.number(0)) {
      found.invalid(failed, "must be less than or equal to completions");
    }
    if (failed.number(0) > MANY) {
      found.invalid(failed, "must be less than or equal to " + MANY);
    }
    if (perIndex.isPresent() && completions.number(0) > MANY) {
      checkMany(parallelism, failed, found);
    }
  }

  private static void checkMany(Field parallelism, Field failed, Violations found) {
    if (!failed.isPresent()) {
      found.required(failed, "must be specified when completions is above " + MANY);
    }
    for (Field number : List.of(parallelism, failed)) {
      if (number.number(0) > MOST_FAILED) {
        found.invalid(
            number,
            "must be less than or equal to "
                + MOST_FAILED
                + " when completions are above "
                + MANY
                + " and used with backoff limit per index");
      }
    }
  }

  private static void checkSuccess(Field spec, Violations found) {
    Field policy = spec.child("successPolicy");
    if (!policy.isPresent()) {
      return;
    }
    if (!spec.child("completionMode").text().equals("Indexed")) {
      found.invalid(policy, INDEXED);
      return;
    }
    Field rules = policy.child("rules");
    if (rules.isEmpty()) {
      found.required(
          rules, "at least one rules must be specified when the successPolicy is specified");
    }
    found.atMost(rules, MOST_SUCCESS_RULES);
    long completions = spec.child("completions").number(Long.MAX_VALUE);
    rules.items().forEach(rule -> checkSuccessRule(rule, completions, found));
  }

  private static void checkSuccessRule(Field rule, long completions, Violations found) {
    Field count = rule.child("succeededCount");
    Field indexes = rule.child("succeededIndexes");
    if (!count.isPresent() && !indexes.isPresent()) {
      found.required(rule, "at least one of succeededCount or succeededIndexes must be specified");
    }
    IndexIntervals intervals = IndexIntervals.parse(indexes.text(), completions);
    if (indexes.text().length() > LONGEST_INDEXES) {
      found.tooLong(indexes, LONGEST_INDEXES);
    }
    if (!intervals.problem().isEmpty()) {
      found.invalid(indexes, "error parsing succeededIndexes: " + intervals.problem());
    }
    if (!count.isPresent()) {
      return;
    }
    found.notNegative(count);
    if (count.number(0) > completions) {
      found.invalid(
          count,
          "must be less than or equal to "
              + completions
              + " (the number of specified completions)");
    }
    if (indexes.isPresent() && count.number(0) > intervals.size()) {
      found.invalid(
          count,
          "must be less than or equal to "
              + intervals.size()
              + " (the number of indexes in the specified succeededIndexes field)");
    }
  }

  private static void checkReplacement(Field spec, Violations found) {
    Field policy = spec.child("podReplacementPolicy");
    found.oneOf(
        policy,
        spec.child("podFailurePolicy").isPresent()
            ? List.of("Failed")
            : List.of("Failed", "TerminatingOrFailed"));
  }

  private static void checkRestartPolicy(Field spec, Violations found) {
    Field policy = spec.child("template", "spec").child("restartPolicy");
    if (policy.text().equals("Always")) {
      found.required(policy, "valid values: \"OnFailure\", \"Never\"");
    } else if (!policy.isEmpty() && !RESTART_POLICIES.contains(policy.text())) {
      found.notSupported(policy, RESTART_POLICIES);
    } else if (policy.text().equals("OnFailure") && spec.child("podFailurePolicy").isPresent()) {
      found.invalid(policy, "only \"Never\" is supported when podFailurePolicy is specified");
    }
  }

  /// Warns of more indexes than can be followed.
  static void tellOfSize(Field spec, Violations found) {
    if (spec.child("completionMode").text().equals("Indexed")
        && spec.child("completions").number(0) > MANY
        && spec.child("parallelism").number(0) > MOST_FAILED) {
      found.warn(
          spec.path()
              + ": In Indexed Jobs with a number of completions higher than 10^5 and a parallelism"
              + " higher than 10^4, Kubernetes might not be able to track completedIndexes when a"
              + " big number of indexes fail");
    }
  }
}
