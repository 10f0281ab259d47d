package dev.drydock.controllers.certificates;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.Uid;
import dev.drydock.api.pki.PemBlock;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.time.KubernetesTime;
import dev.drydock.client.cache.Informer;
import dev.drydock.client.cache.Lister;
import dev.drydock.client.control.Controller;
import dev.drydock.client.control.KeyMapper;
import dev.drydock.client.control.Reconciler;
import dev.drydock.client.control.Result;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.resource.Deletion;
import dev.drydock.client.resource.Kinds;
import dev.drydock.client.resource.ResourceClient;
import dev.drydock.controllers.context.ControllerContext;
import dev.drydock.controllers.moment.Moment;
import io.fabric8.kubernetes.api.model.certificates.v1.CertificateSigningRequest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;

/// Keyed by request: removes it when nobody can want it any more.
public final class CsrCleaner implements Reconciler {
  private static final Duration DECIDED = Duration.ofHours(1);
  private static final Duration PENDING = Duration.ofHours(24);

  private final Lister<CertificateSigningRequest> requests;
  private final ResourceClient<CertificateSigningRequest> client;
  private final Supplier<Moment> moment;

  private CsrCleaner(
      Lister<CertificateSigningRequest> requests,
      ResourceClient<CertificateSigningRequest> client,
      Supplier<Moment> moment) {
    this.requests = requests;
    this.client = client;
    this.moment = moment;
  }

  /// Builds the controller.
  public static Component controller(ControllerContext context) {
    Informer<CertificateSigningRequest> requests =
        context.informers().informer(Kinds.CERTIFICATE_SIGNING_REQUEST);
    return Controller.named("certificatesigningrequest-cleaner-controller", context.environment())
        .of("certificatesigningrequest")
        .watch(requests, KeyMapper.self())
        .reconcile(
            new CsrCleaner(
                requests.lister(),
                context.api().resource(Kinds.CERTIFICATE_SIGNING_REQUEST),
                context::moment));
  }

  @Override
  public Result reconcile(ObjectKey key) {
    Optional<SigningRequest> found = requests.get(key).map(SigningRequest::new);
    if (found.isEmpty()) {
      return Result.done();
    }
    SigningRequest request = found.get();
    Moment at = moment.get();
    Duration left = left(request, at);
    if (left.isPositive()) {
      return Result.again(left);
    }
    try {
      client.delete(key, Deletion.DEFAULT.onlyIf(Uid.of(request.object())));
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
    return Result.done();
  }

  private static Duration left(SigningRequest request, Moment at) {
    if (request.isIssued() && hasExpired(request, at.now())) {
      return Duration.ZERO;
    }
    boolean decided = false;
    Instant since =
        KubernetesTime.parseOrEpoch(request.object().getMetadata().getCreationTimestamp());
    for (var condition : request.conditions()) {
      boolean waits = condition.getType().equals("Approved") && !request.isIssued();
      if (!waits && condition.getLastUpdateTime() != null) {
        decided = true;
        since = KubernetesTime.parseOrEpoch(condition.getLastUpdateTime());
      }
    }
    return at.left(since, decided ? DECIDED : PENDING);
  }

  private static boolean hasExpired(SigningRequest request, Instant now) {
    try {
      byte[] pem = Base64.getMimeDecoder().decode(request.certificate());
      byte[] der = PemBlock.first(new String(pem, StandardCharsets.US_ASCII)).content();
      var certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der));
      return certificate.getNotAfter().toInstant().isBefore(now);
    } catch (CertificateException | IllegalArgumentException unreadable) {
      return false;
    }
  }
}
