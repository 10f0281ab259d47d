package dev.drydock.apiserver.registry.config;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Secrets.
public final class SecretStrategy implements ResourceStrategy {
  private static final Traits TRAITS = Traits.USUAL.selectableBy("type");

  /// What each type of secret must contain.
  private static final Map<String, List<String>> REQUIRED =
      Map.of(
          "kubernetes.io/dockercfg", List.of(".dockercfg"),
          "kubernetes.io/dockerconfigjson", List.of(".dockerconfigjson"),
          "kubernetes.io/ssh-auth", List.of("ssh-privatekey"),
          "kubernetes.io/tls", List.of("tls.crt", "tls.key"));

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Override
  public Traits traits() {
    return TRAITS;
  }

  /// `stringData` is for writing only.
  @Override
  public void applyDefaults(ObjectNode secret) {
    if (secret.remove("stringData") instanceof ObjectNode plain) {
      ObjectNode data = Trees.child(secret, "data");
      for (Map.Entry<String, JsonNode> entry : plain.properties()) {
        byte[] bytes = entry.getValue().stringValue("").getBytes(StandardCharsets.UTF_8);
        data.put(entry.getKey(), Base64.getEncoder().encodeToString(bytes));
      }
    }
  }

  @Override
  public void validateCreate(ObjectNode secret, Violations found) {
    Field data = Field.root(secret).child("data");
    ConfigRules.checkKeys(data, found);
    long size = 0;
    for (Field.Entry entry : data.entries()) {
      size += entry.value().text().length() * 3L / 4;
    }
    if (size > ConfigRules.LARGEST) {
      found.tooLong(data, ConfigRules.LARGEST);
    }
    String type = Trees.text(secret, "type");
    for (String key : REQUIRED.getOrDefault(type, List.of())) {
      if (!Trees.has(data.value(), key)) {
        found.add(FieldError.required("data[" + key + "]", ""));
      }
    }
    if (type.equals("kubernetes.io/service-account-token")
        && Trees.text(secret, "metadata", "annotations", "kubernetes.io/service-account.name")
            .isEmpty()) {
      found.add(
          FieldError.required("metadata.annotations[kubernetes.io/service-account.name]", ""));
    }
    switch (type) {
      case "kubernetes.io/basic-auth" -> {
        if (!data.child("username").isPresent() && !data.child("password").isPresent()) {
          found.add(FieldError.required("data[username]", ""));
          found.add(FieldError.required("data[password]", ""));
        }
      }
      case "kubernetes.io/dockercfg" -> checkJson(data, ".dockercfg", found);
      case "kubernetes.io/dockerconfigjson" -> checkJson(data, ".dockerconfigjson", found);
      default -> {
        // any content will do
      }
    }
  }

  private static void checkJson(Field data, String key, Violations found) {
    if (!data.child(key).isPresent()) {
      return;
    }
    try {
      JSON.readTree(Base64.getDecoder().decode(data.child(key).text()));
    } catch (JacksonException | IllegalArgumentException _) {
      found.add(
          FieldError.invalid(
              "data[" + key + "]",
              "<secret contents redacted>",
              "invalid character in the JSON of a docker configuration"));
    }
  }

  @Override
  public void validateUpdate(ObjectNode secret, ObjectNode before, Violations found) {
    found.unchanged(Field.root(secret).child("type"), Trees.at(before, "type"));
    validateCreate(secret, found);
    ConfigRules.checkImmutable(secret, before, List.of("data"), found);
  }
}
