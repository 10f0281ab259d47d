package dev.drydock.apiserver.admission;

import dev.drydock.apiserver.admission.AdmissionRequest.Operation;
import tools.jackson.databind.node.ObjectNode;

/// Who approves a certificate needs the right to approve for its signer.
final class CertificateApproval implements AdmissionRule {
  private final SignerRights rights;

  CertificateApproval(SignerRights rights) {
    this.rights = rights;
  }

  @Override
  public void validate(AdmissionRequest request) {
    ObjectNode before = request.before();
    if (request.operation() == Operation.UPDATE
        && request.isFor("certificates.k8s.io", "certificatesigningrequests", "approval")
        && before != null) {
      rights.require(
          request,
          "approve",
          "approve requests with",
          before.path("spec").path("signerName").stringValue(""));
    }
  }
}
