package dev.drydock.apiserver.admission;

import dev.drydock.api.pki.CertificateRequest;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.admission.AdmissionRequest.Operation;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Nobody gets into `system:masters` by a certificate that he asks for.
final class CertificateSubjectRestriction implements AdmissionRule {
  private static final String SIGNER = "kubernetes.io/kube-apiserver-client";
  private static final String MASTERS = "system:masters";

  @Override
  public void validate(AdmissionRequest request) {
    ObjectNode object = request.object();
    if (request.operation() != Operation.CREATE
        || !request.isFor("certificates.k8s.io", "certificatesigningrequests")
        || object == null
        || !object.path("spec").path("signerName").stringValue("").equals(SIGNER)) {
      return;
    }
    List<String> organizations;
    try {
      String pem =
          new String(
              Base64.getDecoder().decode(object.path("spec").path("request").stringValue("")),
              StandardCharsets.UTF_8);
      organizations = CertificateRequest.parse(pem).names().organizations();
    } catch (IllegalArgumentException unreadable) {
      throw refused(request, "unable to parse csr: " + unreadable.getMessage());
    }
    if (organizations.contains(MASTERS)) {
      throw refused(
          request, "use of " + SIGNER + " signer with " + MASTERS + " group is not allowed");
    }
  }

  private static ApiException refused(AdmissionRequest request, String why) {
    return ApiException.forbidden(request.target().type(), AdmissionNames.shown(request), why);
  }
}
