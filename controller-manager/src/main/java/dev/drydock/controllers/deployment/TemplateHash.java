package dev.drydock.controllers.deployment;

import dev.drydock.api.codec.TypedCodec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The value of the label `pod-template-hash`: the same for equal templates, whatever the order of
/// their fields; another one after each collision.
final class TemplateHash {
  /// Kubernetes' alphabet for generated names: no vowels, so no words, and no look-alikes.
  private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

  private static final int FNV_PRIME = 0x01000193;
  private static final int FNV_BASIS = 0x811c9dc5;

  private int state = FNV_BASIS;

  private TemplateHash() {}

  /// @param collisions how often a name made of this hash was taken already; null is never
  static String of(PodTemplateSpec template, @Nullable Integer collisions) {
    var hash = new TemplateHash();
    hash.add(TypedCodec.tree(template));
    if (collisions != null) {
      hash.add(collisions.toString());
    }
    var text = new StringBuilder();
    for (char digit : Integer.toUnsignedString(hash.state).toCharArray()) {
      text.append(ALPHABET.charAt(digit % ALPHABET.length()));
    }
    return text.toString();
  }

  private void add(JsonNode node) {
    switch (node.getNodeType()) {
      case OBJECT -> {
        var fields = new TreeMap<String, JsonNode>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
          if (!field.getValue().isNull()) {
            fields.put(field.getKey(), field.getValue());
          }
        }
        add("{");
        fields.forEach(
            (name, value) -> {
              add(name);
              add(value);
            });
        add("}");
      }
      case ARRAY -> {
        add("[");
        node.forEach(this::add);
        add("]");
      }
      case STRING, NUMBER, BOOLEAN, BINARY, NULL, MISSING, POJO -> add(node.asString(""));
    }
  }

  private void add(String text) {
    for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
      state = (state ^ (one & 0xff)) * FNV_PRIME;
    }
    state = (state ^ 0xff) * FNV_PRIME;
  }
}
