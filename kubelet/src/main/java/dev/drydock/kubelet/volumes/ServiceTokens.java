package dev.drydock.kubelet.volumes;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.time.KubernetesTime;
import dev.drydock.client.resource.Api;
import dev.drydock.client.resource.Kinds;
import dev.drydock.client.resource.ResourceClient;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Service-account tokens of pods. A token is asked for when a program first reads its file, and
/// anew when four fifths of its life are over; most simulated programs never do.
public final class ServiceTokens {
  private final ResourceClient<GenericKubernetesResource> requests;
  private final InstantSource clock;

  public ServiceTokens(Api api, InstantSource clock) {
    this.requests =
        api.subresource(Kinds.SERVICE_ACCOUNT, "token", GenericKubernetesResource.class);
    this.clock = clock;
  }

  /// The token file of one volume.
  Source token(Pod pod, String audience, Duration life) {
    return new Source(pod, audience, life);
  }

  /// One token, kept until it must be renewed.
  final class Source {
    private final ObjectKey account;
    private final Map<String, Object> owner;
    private final String audience;
    private final Duration life;

    @GuardedBy("this")
    private @Nullable String token;

    @GuardedBy("this")
    private Instant renewAt = Instant.EPOCH;

    /// Keeps nothing else of the pod, which grows old while the token lives.
    Source(Pod pod, String audience, Duration life) {
      String name = pod.getSpec().getServiceAccountName();
      this.account =
          ObjectKey.of(pod.getMetadata().getNamespace(), name == null ? "default" : name);
      this.owner =
          Map.of(
              "apiVersion",
              "v1",
              "kind",
              "Pod",
              "name",
              pod.getMetadata().getName(),
              "uid",
              pod.getMetadata().getUid());
      this.audience = audience;
      this.life = life;
    }

    synchronized String read() throws IOException {
      Instant now = clock.instant();
      if (token != null && now.isBefore(renewAt)) {
        return token;
      }
      try {
        GenericKubernetesResource answer = requests.create(request());
        String expires = answer.get("status", "expirationTimestamp");
        String fresh = answer.get("status", "token");
        Duration valid = Duration.between(now, KubernetesTime.parseOrEpoch(expires));
        renewAt = now.plus(valid.multipliedBy(4).dividedBy(5));
        token = fresh;
        return fresh;
      } catch (ApiException e) {
        throw new IOException(e.getMessage(), e);
      }
    }

    private GenericKubernetesResource request() {
      GenericKubernetesResource request = new GenericKubernetesResource();
      request.setApiVersion("authentication.k8s.io/v1");
      request.setKind("TokenRequest");
      request.setMetadata(
          new ObjectMetaBuilder()
              .withNamespace(account.namespace())
              .withName(account.name())
              .build());
      request.setAdditionalProperty(
          "spec",
          Map.of(
              "audiences",
              audience.isEmpty() ? List.of() : List.of(audience),
              "expirationSeconds",
              life.toSeconds(),
              "boundObjectRef",
              owner));
      return request;
    }
  }
}
