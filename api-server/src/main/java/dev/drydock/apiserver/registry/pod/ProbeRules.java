package dev.drydock.apiserver.registry.pod;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;

/// What probes and hooks must be like.
final class ProbeRules {
  private static final List<String> HANDLERS = List.of("exec", "httpGet", "tcpSocket", "grpc");
  private static final List<String> HOOKS = List.of("exec", "httpGet", "tcpSocket", "sleep");
  private static final List<String> SCHEMES = List.of("HTTP", "HTTPS");
  private static final List<String> NUMBERS =
      List.of(
          "initialDelaySeconds",
          "timeoutSeconds",
          "periodSeconds",
          "successThreshold",
          "failureThreshold");

  private ProbeRules() {}

  static void check(Field probe, Violations found) {
    if (!probe.isPresent()) {
      return;
    }
    checkHandler(probe, HANDLERS, found);
    for (String number : NUMBERS) {
      found.notNegative(probe.child(number));
    }
    Field grace = probe.child("terminationGracePeriodSeconds");
    if (grace.isPresent() && grace.number(1) <= 0) {
      found.invalid(grace, "must be greater than 0");
    }
  }

  /// What is done after the start of a container, or before its end.
  ///
  /// @param grace the seconds that a pod has to end
  static void checkHook(Field handler, long grace, Violations found) {
    checkHandler(handler, HOOKS, found);
    Field sleep = handler.child("sleep");
    boolean only = HOOKS.stream().filter(kind -> handler.child(kind).isPresent()).count() == 1;
    long seconds = sleep.child("seconds").number(0);
    if (only && sleep.isPresent() && (seconds < 0 || seconds > grace)) {
      found.invalid(
          sleep,
          seconds,
          "must be non-negative and less than terminationGracePeriodSeconds (" + grace + ")");
    }
  }

  private static void checkHandler(Field handler, List<String> kinds, Violations found) {
    int present = 0;
    for (String kind : kinds) {
      Field action = handler.child(kind);
      if (!action.isPresent()) {
        continue;
      }
      if (++present > 1) {
        found.forbidden(action, "may not specify more than 1 handler type");
        continue;
      }
      switch (kind) {
        case "exec" -> found.present(action.child("command"), "");
        case "httpGet" -> {
          found.present(action.child("path"), "");
          checkPort(action.child("port"), found);
          found.oneOf(action.child("scheme"), SCHEMES);
          for (Field header : action.child("httpHeaders").items()) {
            for (String problem : Names.httpHeader(header.child("name").text())) {
              found.add(
                  FieldError.invalid(
                      action.child("httpHeaders").path(), header.child("name").text(), problem));
            }
          }
        }
        case "tcpSocket", "grpc" -> checkPort(action.child("port"), found);
        default -> {
          // sleep has only a number
        }
      }
    }
    if (present == 0) {
      found.required(handler, "must specify a handler type");
    }
  }

  static void checkPort(Field port, Violations found) {
    if (port.value().isIntegralNumber()) {
      found.inRange(port, 1, 65535);
    } else {
      found.conforms(port, Names::port);
    }
  }
}
