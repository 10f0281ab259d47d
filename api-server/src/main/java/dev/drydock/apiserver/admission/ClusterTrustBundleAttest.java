package dev.drydock.apiserver.admission;

import dev.drydock.apiserver.admission.AdmissionRequest.Operation;
import tools.jackson.databind.node.ObjectNode;

/// Who publishes the trust anchors of a signer needs the right to attest for it.
final class ClusterTrustBundleAttest implements AdmissionRule {
  private final SignerRights rights;

  ClusterTrustBundleAttest(SignerRights rights) {
    this.rights = rights;
  }

  @Override
  public void validate(AdmissionRequest request) {
    ObjectNode object = request.object();
    ObjectNode before = request.before();
    if (request.operation() == Operation.DELETE
        || !request.isFor("certificates.k8s.io", "clustertrustbundles")
        || object == null) {
      return;
    }
    boolean onlyMetadata = before != null && before.path("spec").equals(object.path("spec"));
    String signer = object.path("spec").path("signerName").stringValue("");
    if (!onlyMetadata && !signer.isEmpty()) {
      rights.require(request, "attest", "attest for", signer);
    }
  }
}
