package dev.drydock.controllers.context;

import dev.drydock.client.cache.SharedInformers;
import dev.drydock.client.control.Controller;
import dev.drydock.client.event.EventRecorder;
import dev.drydock.client.resource.Api;
import java.util.function.Function;

/// What the controllers of a process share.
///
/// @param recorders an event recorder for a component name: `deployment-controller`
public record ControllerContext(
    Api api,
    SharedInformers informers,
    Controller.Environment environment,
    Function<String, EventRecorder> recorders) {}
