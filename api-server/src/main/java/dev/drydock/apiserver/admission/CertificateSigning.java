package dev.drydock.apiserver.admission;

import dev.drydock.apiserver.admission.AdmissionRequest.Operation;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Who issues a certificate, or says that it failed, needs the right to sign for its signer.
final class CertificateSigning implements AdmissionRule {
  private final SignerRights rights;

  CertificateSigning(SignerRights rights) {
    this.rights = rights;
  }

  @Override
  public void validate(AdmissionRequest request) {
    ObjectNode object = request.object();
    ObjectNode before = request.before();
    if (request.operation() != Operation.UPDATE
        || !request.isFor("certificates.k8s.io", "certificatesigningrequests", "status")
        || object == null
        || before == null
        || isSame(object.path("status"), before.path("status"))) {
      return;
    }
    rights.require(
        request,
        "sign",
        "sign requests with",
        before.path("spec").path("signerName").stringValue(""));
  }

  private static boolean isSame(JsonNode status, JsonNode before) {
    return status
            .path("certificate")
            .stringValue("")
            .equals(before.path("certificate").stringValue(""))
        && failures(status).equals(failures(before));
  }

  private static Set<JsonNode> failures(JsonNode status) {
    return status
        .path("conditions")
        .valueStream()
        .filter(condition -> condition.path("type").stringValue("").equals("Failed"))
        .collect(Collectors.toSet());
  }
}
