package dev.drydock.controllers.certificates;

import dev.drydock.api.pki.CertificateRequest;
import io.fabric8.kubernetes.api.model.certificates.v1.CertificateSigningRequest;
import io.fabric8.kubernetes.api.model.certificates.v1.CertificateSigningRequestBuilder;
import io.fabric8.kubernetes.api.model.certificates.v1.CertificateSigningRequestCondition;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A CertificateSigningRequest, looked at.
record SigningRequest(CertificateSigningRequest object) {

  boolean has(String type) {
    return conditions().stream().anyMatch(condition -> type.equals(condition.getType()));
  }

  List<CertificateSigningRequestCondition> conditions() {
    return object.getStatus() == null || object.getStatus().getConditions() == null
        ? List.of()
        : object.getStatus().getConditions();
  }

  boolean isIssued() {
    return !certificate().isEmpty();
  }

  /// In base64.
  String certificate() {
    String certificate = object.getStatus() == null ? null : object.getStatus().getCertificate();
    return certificate == null ? "" : certificate;
  }

  String signer() {
    return object.getSpec().getSignerName();
  }

  Set<String> usages() {
    return new HashSet<>(object.getSpec().getUsages());
  }

  /// @throws IllegalArgumentException when it is malformed
  CertificateRequest request() {
    byte[] pem = Base64.getMimeDecoder().decode(object.getSpec().getRequest());
    return CertificateRequest.parse(new String(pem, StandardCharsets.US_ASCII));
  }

  CertificateSigningRequest with(CertificateSigningRequestCondition condition) {
    return new CertificateSigningRequestBuilder(object)
        .editOrNewStatus()
        .addToConditions(condition)
        .endStatus()
        .build();
  }

  CertificateSigningRequest withCertificate(String pem) {
    return new CertificateSigningRequestBuilder(object)
        .editOrNewStatus()
        .withCertificate(
            Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII)))
        .endStatus()
        .build();
  }
}
