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
  private static final String SSH = "kubernetes.io/ssh-auth";
  private static final String DOCKER = "kubernetes.io/dockerconfigjson";
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
    long size = 0;
    for (Field.Entry entry : data.entries()) {
      ConfigRules.checkKey(entry, found);
      size += ConfigRules.decodedLength(entry.value().text());
    }
    if (size > ConfigRules.LARGEST) {
      found.tooLong(data, ConfigRules.LARGEST);
    }
    String type = Trees.text(secret, "type");
    for (String key : REQUIRED.getOrDefault(type, List.of())) {
      boolean there = Trees.has(data.value(), key);
      boolean filled = !Trees.text(data.value(), key).isEmpty();
      if (type.equals(SSH) ? !filled : !there) {
        found.add(FieldError.required("data[" + key + "]", ""));
      } else if (type.startsWith("kubernetes.io/dockercfg") || type.equals(DOCKER)) {
        checkJson(data, key, found);
      }
    }
    if (type.equals("kubernetes.io/service-account-token")
        && Trees.text(secret, "metadata", "annotations", "kubernetes.io/service-account.name")
            .isEmpty()) {
      found.add(
          FieldError.required("metadata.annotations[kubernetes.io/service-account.name]", ""));
    }
    if (type.equals("kubernetes.io/basic-auth")
        && !data.child("username").isPresent()
        && !data.child("password").isPresent()) {
      found.add(FieldError.required("data[username]", ""));
      found.add(FieldError.required("data[password]", ""));
    }
    if (type.equals("kubernetes.io/tls")) {
      tellPair(data, found);
    }
  }

  private static void checkJson(Field data, String key, Violations found) {
    String text = plain(data, key);
    String problem = "";
    try {
      JsonNode tree = JSON.readTree(text);
      if (text.isBlank()) {
        problem = "unexpected end of JSON input";
      } else if (!tree.isObject() && !tree.isNull()) {
        problem =
            "json: cannot unmarshal "
                + (tree.isArray() ? "array" : tree.isString() ? "string" : noun(tree))
                + " into Go value of type map[string]interface {}";
      }
    } catch (JacksonException _) {
      char first = text.strip().charAt(0);
      problem =
          "{[\"-0123456789tfn".indexOf(first) >= 0
              ? "unexpected end of JSON input"
              : "invalid character '" + first + "' looking for beginning of value";
    }
    if (!problem.isEmpty()) {
      found.add(FieldError.invalid("data[" + key + "]", "<secret contents redacted>", problem));
    }
  }

  private static String noun(JsonNode tree) {
    return tree.isBoolean() ? "bool" : "number";
  }

  private static String plain(Field data, String key) {
    try {
      byte[] bytes = Base64.getDecoder().decode(data.child(key).text());
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return "";
    }
  }

  /// A certificate and a key that nobody can read are allowed.
  private static void tellPair(Field data, Violations found) {
    String certificate = plain(data, "tls.crt");
    String key = plain(data, "tls.key");
    if (!certificate.contains("-----BEGIN ")) {
      found.warn("tls: failed to find any PEM data in certificate input");
    } else if (!certificate.contains("-----BEGIN CERTIFICATE-----")) {
      String kind = certificate.replaceFirst("(?s).*?-----BEGIN ([^-]*)-----.*", "$1");
      found.warn(
          kind.endsWith("PRIVATE KEY") && key.contains("-----BEGIN CERTIFICATE-----")
              ? "tls: failed to find certificate PEM data in certificate input, but did find a"
                  + " private key; PEM inputs may have been switched"
              : "tls: failed to find \"CERTIFICATE\" PEM block in certificate input after skipping"
                  + " PEM blocks of the following types: ["
                  + kind
                  + "]");
    } else if (!key.contains("-----BEGIN ")) {
      found.warn("tls: failed to find any PEM data in key input");
    }
  }

  @Override
  public void validateUpdate(ObjectNode secret, ObjectNode before, Violations found) {
    found.unchanged(Field.root(secret).child("type"), Trees.at(before, "type"));
    ConfigRules.checkImmutable(secret, before, List.of("data"), found);
    validateCreate(secret, found);
  }
}
