package dev.drydock.controllers.certificates;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Scope;
import dev.drydock.api.pki.CertificateRequest.Names;
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
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.certificates.v1.CertificateSigningRequest;
import io.fabric8.kubernetes.api.model.certificates.v1.CertificateSigningRequestConditionBuilder;
import io.fabric8.kubernetes.api.model.certificates.v1.CertificateSigningRequestSpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Keyed by request: approves what kubelets ask for themselves, if they may have it without a
/// person's look.
public final class CsrApproving implements Reconciler {
  private static final ResourceType REVIEWS =
      new ResourceType(
          "authorization.k8s.io",
          "v1",
          "subjectaccessreviews",
          "SubjectAccessReview",
          Scope.CLUSTER);

  /// A right may be given later.
  private static final Duration AGAIN = Duration.ofSeconds(30);

  private final Lister<CertificateSigningRequest> requests;
  private final ResourceClient<CertificateSigningRequest> approval;
  private final ResourceClient<GenericKubernetesResource> reviews;
  private final InstantSource clock;

  /// A right that lets a request be approved, and what is said then.
  private record Right(String subresource, String message) {}

  private CsrApproving(
      Lister<CertificateSigningRequest> requests,
      ResourceClient<CertificateSigningRequest> approval,
      ResourceClient<GenericKubernetesResource> reviews,
      InstantSource clock) {
    this.requests = requests;
    this.approval = approval;
    this.reviews = reviews;
    this.clock = clock;
  }

  /// Builds the controller.
  public static Component controller(ControllerContext context, int workers) {
    Informer<CertificateSigningRequest> requests =
        context.informers().informer(Kinds.CERTIFICATE_SIGNING_REQUEST);
    return Controller.named("certificatesigningrequest-approving-controller", context.environment())
        .of("certificatesigningrequest")
        .workers(workers)
        .watch(requests, KeyMapper.self())
        .reconcile(
            new CsrApproving(
                requests.lister(),
                context
                    .api()
                    .subresource(
                        Kinds.CERTIFICATE_SIGNING_REQUEST,
                        "approval",
                        CertificateSigningRequest.class),
                context.api().resource(Kinds.dynamic(REVIEWS)),
                context.environment().clock()));
  }

  @Override
  public Result reconcile(ObjectKey key) {
    Optional<SigningRequest> found = requests.get(key).map(SigningRequest::new);
    if (found.isEmpty()
        || found.get().isIssued()
        || found.get().has("Approved")
        || found.get().has("Denied")) {
      return Result.done();
    }
    SigningRequest request = found.get();
    Names names;
    try {
      names = request.request().names();
    } catch (IllegalArgumentException malformed) {
      return Result.giveUp(String.valueOf(malformed.getMessage()));
    }
    if (!request.signer().equals(StandardSigners.KUBELET_CLIENT)
        || StandardSigners.kubeletClient(names, request.usages()).isPresent()) {
      return Result.done();
    }
    boolean self = names.commonName().equals(request.object().getSpec().getUsername());
    List<Right> rights =
        self
            ? List.of(
                new Right(
                    "selfnodeclient",
                    "Auto approving self kubelet client certificate after"
                        + " SubjectAccessReview."),
                nodeClient())
            : List.of(nodeClient());
    for (Right right : rights) {
      if (isGiven(request.object().getSpec(), right)) {
        approve(request, right.message());
        return Result.done();
      }
    }
    return Result.again(AGAIN);
  }

  private static Right nodeClient() {
    return new Right(
        "nodeclient", "Auto approving kubelet client certificate after SubjectAccessReview.");
  }

  private boolean isGiven(CertificateSigningRequestSpec spec, Right right) {
    Map<String, Object> asked = new HashMap<>();
    asked.put("user", spec.getUsername());
    asked.put("uid", spec.getUid() == null ? "" : spec.getUid());
    asked.put("groups", spec.getGroups());
    if (spec.getExtra() != null && !spec.getExtra().isEmpty()) {
      asked.put("extra", spec.getExtra());
    }
    asked.put(
        "resourceAttributes",
        Map.of(
            "group", "certificates.k8s.io",
            "resource", "certificatesigningrequests",
            "verb", "create",
            "subresource", right.subresource()));
    var review = new GenericKubernetesResource();
    review.setApiVersion(REVIEWS.apiVersion());
    review.setKind(REVIEWS.kind());
    review.setMetadata(new ObjectMeta());
    review.setAdditionalProperty("spec", asked);
    return reviews.create(review).getAdditionalProperties().get("status") instanceof Map<?, ?> said
        && Boolean.TRUE.equals(said.get("allowed"));
  }

  private void approve(SigningRequest request, String message) {
    approval.update(
        request.with(
            new CertificateSigningRequestConditionBuilder()
                .withType("Approved")
                .withStatus("True")
                .withReason("AutoApproved")
                .withMessage(message)
                .withLastUpdateTime(KubernetesTime.seconds(clock.instant()))
                .build()));
  }
}
