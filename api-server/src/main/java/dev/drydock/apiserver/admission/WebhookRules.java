package dev.drydock.apiserver.admission;

import dev.drydock.apiserver.matching.Attempt;
import dev.drydock.apiserver.matching.Matcher;
import dev.drydock.apiserver.webhook.AdmissionWebhooks;
import dev.drydock.apiserver.webhook.Mutation;
import dev.drydock.apiserver.webhook.Mutation.Elsewhere;
import dev.drydock.apiserver.webhook.Validation;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Asks the servers that webhook configurations name.
final class WebhookRules {
  private static final String MUTATING =
      "mutatingwebhookconfigurations.admissionregistration.k8s.io";
  private static final String VALIDATING =
      "validatingwebhookconfigurations.admissionregistration.k8s.io";

  private WebhookRules() {}

  static AdmissionRule mutating(AdmissionMeans means) {
    return new Mutating(means.lookup(), webhooks(means));
  }

  static AdmissionRule validating(AdmissionMeans means) {
    return new Validating(means.lookup(), webhooks(means));
  }

  private static AdmissionWebhooks webhooks(AdmissionMeans means) {
    return new AdmissionWebhooks(
        new AdmissionWebhooks.Means(
            means.webhooks(),
            new Outside(means.lookup()),
            means.authorizer(),
            () -> uuid(means.random())),
        means.cel());
  }

  private static UUID uuid(RandomGenerator random) {
    long high = (random.nextLong() & ~0xf000L) | 0x4000L;
    long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  private record Mutating(Lookup lookup, AdmissionWebhooks webhooks) implements RewritingRule {
    @Override
    public Rewriting rewrite(AdmissionRequest request) {
      List<ObjectNode> configurations = lookup.list(MUTATING);
      if (configurations.isEmpty() || Matcher.isExempt(request.target())) {
        return Rewriting.NONE;
      }
      Attempt attempt = Outside.attempt(request);
      Mutation mutation = Mutation.begin(webhooks, configurations, request.context().warnings());
      mutation.first(attempt);
      ObjectNode object = attempt.object();
      return new Asked(mutation, attempt, object == null ? null : object.deepCopy());
    }
  }

  /// @param after what the webhooks made of the object
  private record Asked(Mutation mutation, Attempt attempt, @Nullable ObjectNode after)
      implements Rewriting {
    @Override
    public boolean hasChanged() {
      return mutation.hasChanged();
    }

    @Override
    public void again() {
      mutation.again(
          attempt, Objects.equals(after, attempt.object()) ? Elsewhere.SAME : Elsewhere.CHANGED);
    }
  }

  private record Validating(Lookup lookup, AdmissionWebhooks webhooks) implements AdmissionRule {
    @Override
    public void validate(AdmissionRequest request) {
      List<ObjectNode> configurations = lookup.list(VALIDATING);
      if (!configurations.isEmpty() && !Matcher.isExempt(request.target())) {
        Validation.run(
            webhooks, configurations, Outside.attempt(request), request.context().warnings());
      }
    }
  }
}
