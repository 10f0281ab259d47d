package dev.drydock.controllers.endpointslicemirroring;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;

/// What a [MirrorPlan] asks for.
sealed interface MirrorAction {
  record Create(EndpointSlice slice) implements MirrorAction {}

  record Update(EndpointSlice slice) implements MirrorAction {}

  record Delete(EndpointSlice slice) implements MirrorAction {}
}
