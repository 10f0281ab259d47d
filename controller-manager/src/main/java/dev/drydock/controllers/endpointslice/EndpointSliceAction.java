package dev.drydock.controllers.endpointslice;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;

/// What a Service wants done about its slices.
public sealed interface EndpointSliceAction {
  record Create(EndpointSlice slice) implements EndpointSliceAction {}

  record Update(EndpointSlice slice) implements EndpointSliceAction {}

  record Delete(EndpointSlice slice) implements EndpointSliceAction {}
}
