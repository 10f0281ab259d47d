package dev.drydock.apiserver.registry.customresource;

import dev.drydock.apiserver.registry.strategy.VersionConversion;
import dev.drydock.apiserver.webhook.ClientConfig;
import dev.drydock.apiserver.webhook.WebhookClient;
import dev.drydock.apiserver.webhook.WebhookException;
import java.time.Duration;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes of what a definition says about its versions a conversion that asks the definition's
/// webhook, where it names one.
public final class Converters {
  /// How long a conversion may take: Kubernetes' own limit.
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final WebhookClient webhooks;
  private final Supplier<String> uids;

  /// @param uids names each review
  public Converters(WebhookClient webhooks, Supplier<String> uids) {
    this.webhooks = webhooks;
    this.uids = uids;
  }

  /// How objects of this definition change their version.
  public VersionConversion of(ObjectNode definition) {
    return WebhookConversion.of(definition, this::review, uids);
  }

  private ObjectNode review(JsonNode clientConfig, ObjectNode review)
      throws WebhookConversion.CallException {
    try {
      return webhooks.send(ClientConfig.of(clientConfig), review, TIMEOUT);
    } catch (WebhookException e) {
      throw new WebhookConversion.CallException(String.valueOf(e.getMessage()));
    }
  }
}
