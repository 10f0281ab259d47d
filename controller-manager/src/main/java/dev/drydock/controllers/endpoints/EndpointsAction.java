package dev.drydock.controllers.endpoints;

import io.fabric8.kubernetes.api.model.Endpoints;

/// What a Service wants done about its Endpoints.
public sealed interface EndpointsAction {
  record Create(Endpoints endpoints) implements EndpointsAction {}

  record Update(Endpoints endpoints) implements EndpointsAction {}
}
