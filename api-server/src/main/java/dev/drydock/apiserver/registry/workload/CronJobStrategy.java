package dev.drydock.apiserver.registry.workload;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.pod.PodDefaults;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// CronJobs.
public final class CronJobStrategy implements ResourceStrategy {
  private static final Traits TRAITS = Traits.USUAL.counting();
  private static final int LONGEST_NAME = 52;

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public void applyDefaults(ObjectNode cronJob) {
    if (Trees.at(cronJob, "spec", "jobTemplate") instanceof ObjectNode template) {
      PodDefaults.applyToTemplate(template);
    }
  }

  @Override
  public void validateCreate(ObjectNode cronJob, Violations found) {
    Field root = Field.root(cronJob);
    Field name = root.child("metadata", "name");
    if (name.text().length() > LONGEST_NAME) {
      found.invalid(name, "must be no more than 52 characters");
    }
    Field spec = root.child("spec");
    Field schedule = spec.child("schedule");
    if (found.present(schedule, "")) {
      int fields = schedule.text().strip().split("\\s+", -1).length;
      if (schedule.text().contains("TZ")) {
        found.invalid(schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
      } else if (!schedule.text().startsWith("@") && fields != 5) {
        found.invalid(
            schedule, "expected exactly 5 fields, found " + fields + ": [" + schedule.text() + "]");
      }
    }
    found.oneOf(spec.child("concurrencyPolicy"), List.of("Allow", "Forbid", "Replace"));
    for (String number :
        List.of(
            "startingDeadlineSeconds", "successfulJobsHistoryLimit", "failedJobsHistoryLimit")) {
      found.notNegative(spec.child(number));
    }
    Field job = spec.child("jobTemplate", "spec");
    if (job.child("manualSelector").isTrue()) {
      found.add(
          FieldError.notSupported(
              job.child("manualSelector").path(), "true", List.of("nil", "false")));
    }
    JobStrategy.checkSpec(job, found);
  }

  @Override
  public void validateUpdate(ObjectNode cronJob, ObjectNode before, Violations found) {
    if (!Workloads.sameSpec(cronJob, before)) {
      validateCreate(cronJob, found);
    }
  }
}
