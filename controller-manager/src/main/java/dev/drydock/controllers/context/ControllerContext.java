package dev.drydock.controllers.context;

import dev.drydock.client.cache.SharedInformers;
import dev.drydock.client.control.Controller;
import dev.drydock.client.event.EventRecorder;
import dev.drydock.client.resource.Api;
import dev.drydock.controllers.moment.Moment;
import java.time.Duration;
import java.util.function.Function;

/// What the controllers of a process share.
///
/// @param recorders an event recorder for a component name: `deployment-controller`
public record ControllerContext(
    Api api,
    SharedInformers informers,
    Controller.Environment environment,
    Function<String, EventRecorder> recorders) {
  private static final Duration HOUR = Duration.ofHours(1);

  /// Now, with the pace of this lab.
  public Moment moment() {
    Duration hour = environment.timers().scaled(HOUR);
    return new Moment(
        environment.clock().instant(), (double) HOUR.toNanos() / Math.max(1, hour.toNanos()));
  }
}
