package dev.drydock.apiserver.registry.certificate;

import dev.drydock.api.pki.CertificateRequest;
import dev.drydock.api.pki.PemBlock;
import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Facets;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Subresource;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// CertificateSigningRequests: what is asked for never changes; who approves touches only the
/// conditions, who signs only the rest of the status.
public final class SigningRequestStrategy implements ResourceStrategy {
  /// Sub-resource `approval`: the conditions.
  public static final Subresource APPROVAL =
      new Subresource.Facet(
          (object, before) -> {
            JsonNode conditions = Trees.at(object, "status", "conditions").deepCopy();
            Facets.keepAllBut(object, before, List.of("metadata"));
            ObjectNode status =
                Trees.at(before, "status") instanceof ObjectNode present
                    ? present.deepCopy()
                    : Trees.object();
            if (conditions.isArray()) {
              status.set("conditions", conditions);
            } else {
              status.remove("conditions");
            }
            object.set("status", status);
          });

  /// Sub-resource `status`: all but the verdict.
  public static final Subresource STATUS =
      new Subresource.Facet(
          (object, before) -> {
            Facets.keepAllBut(object, before, List.of("metadata", "status"));
            keepVerdict(object, before);
          });

  private static final Traits TRAITS = Traits.USUAL.selectableBy("spec.signerName");
  private static final long SHORTEST_SECONDS = 600;
  private static final List<String> LASTING = List.of("Approved", "Denied", "Failed");

  @Override
  public Traits traits() {
    return TRAITS;
  }

  /// Approved and Denied are as they were, in their places.
  private static void keepVerdict(ObjectNode object, ObjectNode before) {
    ObjectNode status = Trees.child(object, "status");
    var merged = Trees.array();
    for (JsonNode condition : Trees.at(before, "status", "conditions")) {
      if (isVerdict(condition)) {
        merged.add(condition.deepCopy());
      }
    }
    for (JsonNode condition : Trees.at(status, "conditions")) {
      if (!isVerdict(condition)) {
        merged.add(condition.deepCopy());
      }
    }
    if (merged.isEmpty()) {
      status.remove("conditions");
    } else {
      status.set("conditions", merged);
    }
  }

  private static boolean isVerdict(JsonNode condition) {
    String type = Trees.text(condition, "type");
    return type.equals("Approved") || type.equals("Denied");
  }

  @Override
  public void prepareForUpdate(ObjectNode request, ObjectNode before) {
    Trees.restore(request, before.deepCopy(), "spec");
  }

  @Override
  public void validateCreate(ObjectNode request, Violations found) {
    Field spec = Field.root(request).child("spec");
    checkRequest(spec.child("request"), found);
    checkUsages(spec.child("usages"), found);
    Signers.check(spec.child("signerName"), found);
    Field seconds = spec.child("expirationSeconds");
    if (seconds.isPresent() && seconds.number(SHORTEST_SECONDS) < SHORTEST_SECONDS) {
      found.invalid(seconds, "may not specify a duration less than 600 seconds (10 minutes)");
    }
  }

  private static void checkRequest(Field request, Violations found) {
    byte[] bytes;
    try {
      bytes = Base64.getMimeDecoder().decode(request.text());
    } catch (IllegalArgumentException broken) {
      bytes = new byte[0];
    }
    try {
      CertificateRequest.parse(new String(bytes, StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException invalid) {
      found.invalidList(request, String.valueOf(invalid.getMessage()));
    }
  }

  private static void checkUsages(Field usages, Violations found) {
    if (usages.isEmpty()) {
      found.required(usages, "");
    }
    for (Field usage : usages.items()) {
      if (!Signers.USAGES.contains(usage.text())) {
        found.notSupported(usage, Signers.USAGES.stream().sorted().toList());
      }
    }
    Set<String> seen = new HashSet<>();
    for (Field usage : usages.items()) {
      if (!seen.add(usage.text())) {
        found.duplicate(usage);
      }
    }
  }

  @Override
  public void validateUpdate(ObjectNode request, ObjectNode before, Violations found) {
    checkConditions(Field.root(request).child("status", "conditions"), found);
    for (String type : LASTING) {
      if (has(before, type) && !has(request, type)) {
        found.add(
            FieldError.forbidden(
                "status.conditions",
                "updates may not remove a condition of type \"" + type + "\""));
      }
    }
    Field certificate = Field.root(request).child("status", "certificate");
    String old = Trees.text(before, "status", "certificate");
    if (certificate.text().equals(old)) {
      return;
    }
    if (!old.isEmpty()) {
      found.add(
          FieldError.forbidden(
              certificate.path(), "updates may not modify existing certificate content"));
    } else if (!isCertificate(certificate.text())) {
      found.add(
          FieldError.invalid(
              certificate.path(),
              "<certificate data>",
              "must contain at least one CERTIFICATE PEM block"));
    }
  }

  private static boolean has(ObjectNode request, String type) {
    for (JsonNode condition : Trees.at(request, "status", "conditions")) {
      if (Trees.text(condition, "type").equals(type)) {
        return true;
      }
    }
    return false;
  }

  private static void checkConditions(Field conditions, Violations found) {
    Set<String> seen = new HashSet<>();
    for (Field condition : conditions.items()) {
      Field type = condition.child("type");
      found.present(type, "");
      found.requiredOneOf(
          condition.child("status"),
          LASTING.contains(type.text()) ? List.of("True") : List.of("False", "True", "Unknown"));
      if ((type.text().equals("Denied") && seen.contains("Approved"))
          || (type.text().equals("Approved") && seen.contains("Denied"))) {
        found.add(
            FieldError.invalid(
                conditions.path(),
                type.text(),
                "Approved and Denied conditions are mutually exclusive"));
      }
      if (!seen.add(type.text())) {
        found.duplicate(type);
      }
    }
  }

  private static boolean isCertificate(String base64) {
    try {
      byte[] pem = Base64.getMimeDecoder().decode(base64);
      return PemBlock.first(new String(pem, StandardCharsets.US_ASCII))
          .label()
          .equals("CERTIFICATE");
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
