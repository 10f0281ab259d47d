package dev.drydock.apiserver.admission;

import dev.drydock.api.status.ApiException;

/// Nothing is ever changed.
final class AlwaysDeny implements AdmissionRule {

  @Override
  public void validate(AdmissionRequest request) {
    throw ApiException.forbidden(
        request.target().type(),
        AdmissionNames.shown(request),
        "admission control is denying all modifications");
  }
}
