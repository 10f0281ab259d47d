package dev.drydock.apiserver.admission;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.access.AccessAttributes;
import dev.drydock.apiserver.access.Authorizer;

/// Whether a user may do something in the name of a signer of certificates. A right on all
/// signers of a domain is written `DOMAIN/*`.
final class SignerRights {
  private static final String GROUP = "certificates.k8s.io";

  private final Authorizer authorizer;

  SignerRights(Authorizer authorizer) {
    this.authorizer = authorizer;
  }

  /// @param verb `approve`, `sign`, `attest`
  /// @param what of the refusal: `approve requests with`
  /// @throws ApiException forbidden
  void require(AdmissionRequest request, String verb, String what, String signer) {
    int slash = signer.indexOf('/');
    boolean allowed =
        may(request, verb, signer)
            || (slash > 0 && may(request, verb, signer.substring(0, slash) + "/*"));
    if (!allowed) {
      throw ApiException.forbidden(
          request.target().type(),
          AdmissionNames.shown(request),
          "user not permitted to " + what + " signerName \"" + signer + "\"");
    }
  }

  private boolean may(AdmissionRequest request, String verb, String signer) {
    return authorizer
        .authorize(
            new AccessAttributes.Resource(request.user(), verb, GROUP, "signers", "", "", signer))
        .isAllowed();
  }
}
