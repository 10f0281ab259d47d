package dev.drydock.apiserver.registry.workload;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What the status of a Job may become. Most rules are asked only of what a write changes, so that
/// a status that was never right can still be written.
///
/// Source: rules and messages of `pkg/apis/batch/validation` and of the kind's strategy.
final class JobStatusRules {
  private static final List<String> COUNTS =
      List.of("active", "succeeded", "failed", "ready", "terminating");

  private final Field job;
  private final Field status;
  private final ObjectNode before;
  private final Violations found;

  private JobStatusRules(ObjectNode job, ObjectNode before, Violations found) {
    this.job = Field.root(job);
    this.status = this.job.child("status");
    this.before = before;
    this.found = found;
  }

  static void check(ObjectNode job, ObjectNode before, Violations found) {
    var rules = new JobStatusRules(job, before, found);
    COUNTS.forEach(count -> found.notNegative(rules.status.child(count)));
    rules.uncounted();
    rules.ends();
    rules.finished();
    rules.indexes();
    rules.success();
    rules.changes();
  }

  private void uncounted() {
    var seen = new HashSet<String>();
    for (String list : List.of("succeeded", "failed")) {
      for (Field uid : status.child("uncountedTerminatedPods", list).items()) {
        if (uid.isEmpty()) {
          found.invalid(uid, "must not be empty");
        } else if (!seen.add(uid.text())) {
          found.duplicate(uid);
        }
      }
    }
  }

  private void ends() {
    Field conditions = status.child("conditions");
    Field end = status.child("completionTime");
    boolean complete = is("Complete");
    boolean completeTouched = turned("Complete");
    if (completeTouched || turned("Failed")) {
      exclude(conditions, "Complete", "Failed");
    }
    if (completeTouched || turned("FailureTarget")) {
      exclude(conditions, "Complete", "FailureTarget");
    }
    if (completeTouched || changed("completionTime")) {
      if (end.isPresent() && !complete) {
        found.invalid(end, "cannot set completionTime when there is no Complete=True condition");
      } else if (!end.isPresent() && complete) {
        found.required(end, "completionTime is required for Complete jobs");
      }
    }
    if ((changed("startTime") || changed("completionTime")) && endsBeforeItStarts(end)) {
      found.invalid(end, "completionTime cannot be set before startTime");
    }
    if ((turned("Failed") || turned("FailureTarget")) && is("Failed") && !is("FailureTarget")) {
      found.invalidUnseen(
          conditions, "cannot set Failed=True condition without the FailureTarget=true condition");
    }
    if ((completeTouched || turned("SuccessCriteriaMet"))
        && complete
        && !is("SuccessCriteriaMet")) {
      found.invalidUnseen(
          conditions,
          "cannot set Complete=True condition without the SuccessCriteriaMet=true condition");
    }
  }

  private void exclude(Field conditions, String one, String other) {
    if (is(one) && is(other)) {
      found.invalidUnseen(
          conditions, "cannot set " + one + "=True and " + other + "=true conditions");
    }
  }

  private boolean endsBeforeItStarts(Field end) {
    Field start = status.child("startTime");
    return start.isPresent()
        && end.isPresent()
        && Instant.parse(end.text()).isBefore(Instant.parse(start.text()));
  }

  private void finished() {
    boolean finished = is("Complete") || is("Failed");
    boolean touched = finished != (was("Complete") || was("Failed"));
    if (!finished) {
      return;
    }
    Field active = status.child("active");
    if ((touched || changed("active")) && active.number(0) > 0) {
      found.invalid(active, "active>0 is invalid for finished job");
    }
    if ((touched || changed("startTime")) && !status.child("startTime").isPresent()) {
      found.required(status.child("startTime"), "startTime is required for finished job");
    }
    Field uncounted = status.child("uncountedTerminatedPods");
    if ((touched || changed("uncountedTerminatedPods"))
        && !(uncounted.child("succeeded").isEmpty() && uncounted.child("failed").isEmpty())) {
      found.invalid(uncounted, "uncountedTerminatedPods needs to be empty for finished job");
    }
    Field terminating = status.child("terminating");
    if ((touched || changed("terminating")) && terminating.number(0) > 0) {
      found.invalid(terminating, "terminating>0 is invalid for finished job");
    }
  }

  private void indexes() {
    Field spec = job.child("spec");
    Field completed = status.child("completedIndexes");
    Field failed = status.child("failedIndexes");
    long completions = spec.child("completions").number(Long.MAX_VALUE);
    var completedParts = IndexIntervals.parse(completed.text(), completions);
    var failedParts = IndexIntervals.parse(failed.text(), completions);
    boolean perIndex = spec.child("backoffLimitPerIndex").isPresent();
    if (changed("completedIndexes")) {
      if (!completedParts.problem().isEmpty()) {
        found.invalid(completed, "error parsing completedIndexes: " + completedParts.problem());
      }
      if (!completed.isEmpty() && !spec.child("completionMode").text().equals("Indexed")) {
        found.invalid(
            completed, "cannot set non-empty completedIndexes when non-indexed completion mode");
      }
    }
    if (changed("failedIndexes")) {
      if (perIndex && !failedParts.problem().isEmpty()) {
        found.invalid(failed, "error parsing failedIndexes: " + failedParts.problem());
      } else if (!perIndex && failed.isPresent()) {
        found.invalid(
            failed, "cannot set non-null failedIndexes when backoffLimitPerIndex is null");
      }
    }
    long shared = completedParts.firstShared(failedParts);
    if ((changed("completedIndexes") || changed("failedIndexes")) && shared >= 0) {
      found.invalid(failed, "failedIndexes and completedIndexes overlap at index: " + shared);
    }
  }

  private void success() {
    Field conditions = status.child("conditions");
    Field ready = status.child("ready");
    if ((changed("ready") || changed("active"))
        && ready.number(0) > status.child("active").number(0)) {
      found.invalid(ready, "cannot set more ready pods than active");
    }
    exclude(conditions, "SuccessCriteriaMet", "Failed");
    exclude(conditions, "SuccessCriteriaMet", "FailureTarget");
    if (job.child("spec", "successPolicy").isPresent()
        && !is("SuccessCriteriaMet")
        && is("Complete")) {
      found.invalidUnseen(
          conditions,
          "cannot set Complete=True for Job with SuccessPolicy unless SuccessCriteriaMet=True");
    }
  }

  private void changes() {
    Field conditions = status.child("conditions");
    for (String type : List.of("Failed", "Complete", "FailureTarget")) {
      if (was(type) && !is(type)) {
        found.invalidUnseen(conditions, "cannot disable the terminal " + type + "=True condition");
      }
    }
    Field spec = job.child("spec");
    boolean scales =
        spec.child("completionMode").text().equals("Indexed")
            && spec.child("completions").value().equals(spec.child("parallelism").value());
    notLess("failed");
    if (!scales) {
      notLess("succeeded");
    }
    Field end = status.child("completionTime");
    boolean ended = Trees.has(before, "status", "completionTime");
    if (end.isPresent() && ended && changed("completionTime")) {
      found.invalid(end, "completionTime cannot be mutated");
    }
    if (Trees.has(before, "status", "startTime")
        && changed("startTime")
        && !spec.child("suspend").isTrue()) {
      found.required(status.child("startTime"), "startTime cannot be removed for unsuspended job");
    }
    if (was("SuccessCriteriaMet") && !is("SuccessCriteriaMet")) {
      found.invalidUnseen(conditions, "cannot disable the SuccessCriteriaMet=True condition");
    }
    if (was("Complete") && !was("SuccessCriteriaMet") && is("SuccessCriteriaMet")) {
      found.invalidUnseen(
          conditions,
          "cannot set SuccessCriteriaMet=True for Job already has Complete=true conditions");
    }
  }

  private void notLess(String counter) {
    Field count = status.child(counter);
    if (count.number(0) < Trees.number(before, 0, "status", counter)) {
      found.invalid(count, "cannot decrease the " + counter + " counter");
    }
  }

  private boolean changed(String field) {
    return Violations.differs(status.child(field), Trees.at(before, "status", field));
  }

  private boolean turned(String condition) {
    return is(condition) != was(condition);
  }

  private boolean is(String condition) {
    return isTrue(Trees.objects(status.value(), "conditions"), condition);
  }

  private boolean was(String condition) {
    return isTrue(Trees.objects(before, "status", "conditions"), condition);
  }

  private static boolean isTrue(List<ObjectNode> conditions, String type) {
    return conditions.stream()
        .anyMatch(
            each ->
                Trees.text(each, "type").equals(type) && Trees.text(each, "status").equals("True"));
  }
}
