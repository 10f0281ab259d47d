package dev.drydock.controllers.certificates;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.pki.CertificateRequest;
import dev.drydock.api.time.KubernetesTime;
import dev.drydock.client.cache.Informer;
import dev.drydock.client.cache.Lister;
import dev.drydock.client.control.Controller;
import dev.drydock.client.control.KeyMapper;
import dev.drydock.client.control.Reconciler;
import dev.drydock.client.control.Result;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.resource.Kinds;
import dev.drydock.client.resource.ResourceClient;
import dev.drydock.controllers.context.ControllerContext;
import io.fabric8.kubernetes.api.model.certificates.v1.CertificateSigningRequest;
import io.fabric8.kubernetes.api.model.certificates.v1.CertificateSigningRequestConditionBuilder;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Keyed by request: signs what is approved, for the signers of Kubernetes itself.
public final class CsrSigning implements Reconciler {
  private final Lister<CertificateSigningRequest> requests;
  private final ResourceClient<CertificateSigningRequest> status;
  private final SigningAuthority authority;
  private final InstantSource clock;

  private CsrSigning(
      Lister<CertificateSigningRequest> requests,
      ResourceClient<CertificateSigningRequest> status,
      SigningAuthority authority,
      InstantSource clock) {
    this.requests = requests;
    this.status = status;
    this.authority = authority;
    this.clock = clock;
  }

  /// Builds the controller.
  public static Component controller(
      ControllerContext context, SigningAuthority authority, int workers) {
    Informer<CertificateSigningRequest> requests =
        context.informers().informer(Kinds.CERTIFICATE_SIGNING_REQUEST);
    return Controller.named("certificatesigningrequest-signing-controller", context.environment())
        .of("certificatesigningrequest")
        .workers(workers)
        .watch(requests, KeyMapper.self())
        .reconcile(
            new CsrSigning(
                requests.lister(),
                context.api().status(Kinds.CERTIFICATE_SIGNING_REQUEST),
                authority,
                context.environment().clock()));
  }

  @Override
  public Result reconcile(ObjectKey key) {
    Optional<SigningRequest> found = requests.get(key).map(SigningRequest::new);
    if (found.isEmpty() || !isDue(found.get())) {
      return Result.done();
    }
    SigningRequest request = found.get();
    try {
      CertificateRequest asked = request.request();
      Optional<String> refusal =
          asked.isSignedByItsKey()
              ? StandardSigners.refusal(request.signer(), asked.names(), request.usages())
              : Optional.of("unable to verify certificate request signature");
      if (refusal.isPresent()) {
        fail(request, refusal.get());
      } else {
        status.update(request.withCertificate(authority.sign(request, clock.instant())));
      }
      return Result.done();
    } catch (IllegalArgumentException malformed) {
      fail(request, "unable to parse csr: " + malformed.getMessage());
      return Result.done();
    } catch (GeneralSecurityException e) {
      return Result.giveUp("the cluster's key can't sign: " + e.getMessage());
    }
  }

  private static boolean isDue(SigningRequest request) {
    return StandardSigners.isStandard(request.signer())
        && request.has("Approved")
        && !request.has("Denied")
        && !request.has("Failed")
        && !request.isIssued();
  }

  private void fail(SigningRequest request, String message) {
    Instant now = clock.instant();
    status.update(
        request.with(
            new CertificateSigningRequestConditionBuilder()
                .withType("Failed")
                .withStatus("True")
                .withReason("SignerValidationFailure")
                .withMessage(message)
                .withLastUpdateTime(KubernetesTime.seconds(now))
                .build()));
  }
}
