package dev.drydock.apiserver.registry.event;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;

/// What is more to be said of new events that come as `events.k8s.io/v1`. Fields have the names
/// that the core group gives them, as in the messages of the real server.
///
/// Of changes nothing more is asked: the real server means to keep everything but the series, but
/// compares the event with itself, and a test of the conformance suite changes a note.
final class StrictEventRules {
  private static final List<String> TYPES = List.of("Normal", "Warning");

  private StrictEventRules() {}

  /// Who tells the event: inside the real server the field is called as in the newer group.
  static Field reporter(Field event) {
    return event.child("reportingController").showing(event.child("reportingComponent").value());
  }

  static void checkNew(Field event, Violations found) {
    found.conforms(event.child("metadata", "name"), Names::subdomain);
    checkSeries(event.child("series"), found);
    found.present(event.child("eventTime"), "");
    Field type = event.child("type");
    if (!TYPES.contains(type.text())) {
      found.add(FieldError.invalid(type.path(), "", "has invalid value: " + type.text()));
    }
    for (String field : List.of("firstTimestamp", "lastTimestamp")) {
      unset(event.child(field), event.child(field).isPresent(), found);
    }
    unset(event.child("count"), event.child("count").number(0) != 0, found);
    Field source = event.child("source");
    unset(source, !source.child("component").isEmpty() || !source.child("host").isEmpty(), found);
  }

  private static void unset(Field field, boolean isSet, Violations found) {
    if (isSet) {
      found.add(FieldError.invalid(field.path(), "", "needs to be unset"));
    }
  }

  private static void checkSeries(Field series, Violations found) {
    if (!series.isPresent()) {
      return;
    }
    if (series.child("count").number(0) < 2) {
      found.add(FieldError.invalid(series.child("count").path(), "", "should be at least 2"));
    }
    found.present(series.child("lastObservedTime"), "");
  }
}
