package dev.drydock.apiserver.registry.workload;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.pod.PodDefaults;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.NameWarnings;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// CronJobs.
public final class CronJobStrategy implements ResourceStrategy {
  private static final Traits TRAITS = Traits.USUAL.counting();
  private static final int LONGEST_NAME = 52;
  private static final String PART = "(?!-|\\.{1,2}(/|$))[A-Za-z._0-9+-]{1,14}";

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
    checkSpec(root, ZoneInSchedule.FORBIDDEN, found);
    checkZone(root.child("spec", "timeZone"), found);
    NameWarnings.tellUnlessLabel(root, "Pod names and hostnames", found);
    Field name = root.child("metadata", "name");
    if (name.text().length() > LONGEST_NAME) {
      found.invalid(name, "must be no more than 52 characters");
    }
  }

  /// Whether the schedule may name the time zone: only one that has always done so.
  private enum ZoneInSchedule {
    FORBIDDEN,
    INHERITED
  }

  private static void checkSpec(Field root, ZoneInSchedule zone, Violations found) {
    Field spec = root.child("spec");
    checkSchedule(spec, zone, found);
    found.notNegative(spec.child("startingDeadlineSeconds"));
    found.requiredOneOf(spec.child("concurrencyPolicy"), List.of("Allow", "Forbid", "Replace"));
    checkJob(spec.child("jobTemplate").child("spec"), found);
    found.notNegative(spec.child("successfulJobsHistoryLimit"));
    found.notNegative(spec.child("failedJobsHistoryLimit"));
  }

  private static void checkSchedule(Field spec, ZoneInSchedule zone, Violations found) {
    Field schedule = spec.child("schedule");
    if (found.present(schedule, "")) {
      try {
        CronSchedule.check(schedule.text());
      } catch (CronSchedule.BadScheduleException e) {
        found.invalid(schedule, e.words());
      }
    }
    if (schedule.text().contains("TZ")) {
      switch (zone) {
        case FORBIDDEN ->
            found.invalid(
                schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
        case INHERITED -> {
          if (spec.child("timeZone").isPresent()) {
            found.invalid(schedule, "cannot use both timeZone field and TZ or CRON_TZ in schedule");
          }
        }
      }
    }
  }

  private static void checkJob(Field job, Violations found) {
    JobRules.checkSpec(job, found);
    JobRules.tellOfSize(job, found);
    if (job.child("selector").isPresent()) {
      found.add(
          FieldError.invalid(
              job.child("selector").path(),
              new Workloads.Shown(job.child("selector").value().toString()),
              "`selector` will be auto-generated"));
    }
    if (job.child("manualSelector").isTrue()) {
      found.add(
          FieldError.notSupported(
              job.child("manualSelector").path(),
              new Workloads.Shown("true"),
              List.of("nil", "false")));
    }
  }

  private static void checkZone(Field zone, Violations found) {
    if (!zone.isPresent()) {
      return;
    }
    if (zone.isEmpty()) {
      found.invalid(zone, "timeZone must be nil or non-empty string");
    } else if (zone.text().equalsIgnoreCase("Local")) {
      found.invalid(
          zone,
          "timeZone must be an explicit time zone as defined in"
              + " https://www.iana.org/time-zones");
    } else {
      try {
        if (!zone.text().matches(PART + "(/" + PART + ")*")) {
          throw new DateTimeException("");
        }
        ZoneId.of(zone.text());
      } catch (DateTimeException _) {
        found.invalid(zone, "unknown time zone " + zone.text());
      }
    }
  }

  @Override
  public void validateUpdate(ObjectNode cronJob, ObjectNode before, Violations found) {
    if (Workloads.sameSpec(cronJob, before)) {
      return;
    }
    Field root = Field.root(cronJob);
    boolean inherited = Trees.text(before, "spec", "schedule").contains("TZ");
    checkSpec(root, inherited ? ZoneInSchedule.INHERITED : ZoneInSchedule.FORBIDDEN, found);
    Field zone = root.child("spec", "timeZone");
    if (Violations.differs(zone, Trees.at(before, "spec", "timeZone"))) {
      checkZone(zone, found);
    }
    if (root.child("spec", "schedule").text().contains("TZ")) {
      found.warn(
          "cannot use TZ or CRON_TZ in spec.spec.schedule, use timeZone instead, see"
              + " https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more"
              + " details");
    }
  }
}
