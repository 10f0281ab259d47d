package dev.drydock.apiserver.registry.customresource;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import dev.drydock.apiserver.registry.strategy.WebhookClients;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a definition must be like, beside its versions.
final class DefinitionRules {
  private static final String APPROVAL = "api-approved.kubernetes.io";
  private static final String SEE = ", see https://github.com/kubernetes/enhancements/pull/1111";

  private final ObjectNode object;
  private final Field spec;
  private final Violations found;

  private DefinitionRules(ObjectNode object, Violations found) {
    this.object = object;
    this.spec = Field.root(object).child("spec");
    this.found = found;
  }

  /// @param before null: it is new
  static void check(ObjectNode object, @Nullable ObjectNode before, Violations found) {
    if (before != null && Trees.has(object, "metadata", "deletionTimestamp")) {
      return;
    }
    var rules = new DefinitionRules(object, found);
    if (before == null) {
      rules.name();
    }
    rules.group();
    found.present(rules.spec.child("scope"), "");
    found.oneOf(rules.spec.child("scope"), List.of("Cluster", "Namespaced"));
    var versions = new VersionRules(object, before, found);
    versions.each();
    rules.versions();
    rules.names();
    versions.common();
    rules.conversion(before != null && needsGoodBundle(before));
    if (before != null) {
      rules.unchanged(before);
    }
    rules.spelled(Field.root(object).child("status", "acceptedNames"));
    rules.stored();
    if (before == null || !approvalOf(object).equals(approvalOf(before))) {
      rules.approval();
    }
    if (before == null || !Trees.isTrue(before, "spec", "preserveUnknownFields")) {
      if (rules.spec.child("preserveUnknownFields").isTrue()) {
        found.invalid(
            rules.spec.child("preserveUnknownFields"),
            "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in"
                + " spec.versions[*].schema instead");
      }
    }
  }

  static void checkStatus(ObjectNode object, Violations found) {
    new DefinitionRules(object, found).spelled(Field.root(object).child("status", "acceptedNames"));
  }

  private static String approvalOf(ObjectNode definition) {
    return Trees.text(definition, "metadata", "annotations", APPROVAL);
  }

  private void name() {
    String wanted = spec.child("names", "plural").text() + "." + spec.child("group").text();
    Field name = Field.root(object).child("metadata", "name");
    if (!name.isEmpty() && !name.text().equals(wanted)) {
      found.invalid(name, "must be spec.names.plural+\".\"+spec.group");
    }
  }

  private void group() {
    Field group = spec.child("group");
    if (!found.present(group, "")) {
      return;
    }
    List<String> problems = Names.subdomain(group.text());
    if (!problems.isEmpty()) {
      found.invalid(group, String.join(",", problems));
    } else if (group.text().indexOf('.') < 0) {
      found.invalid(group, "should be a domain with at least one dot");
    }
  }

  private void names() {
    Field names = spec.child("names");
    for (String one : List.of("plural", "singular", "kind", "listKind")) {
      found.present(names.child(one), "");
    }
    spelled(names);
  }

  /// How names must be written, wanted ones and accepted ones.
  private void spelled(Field names) {
    for (String one : List.of("plural", "singular")) {
      optional(names.child(one), names.child(one).text(), "");
    }
    for (String one : List.of("kind", "listKind")) {
      optional(
          names.child(one),
          names.child(one).text().toLowerCase(Locale.ROOT),
          "may have mixed case, but should otherwise match: ");
    }
    names.child("shortNames").items().forEach(each -> label(each, each.text(), ""));
    if (!names.child("kind").isEmpty()
        && names.child("kind").text().equals(names.child("listKind").text())) {
      found.invalid(names.child("listKind"), "kind and listKind may not be the same");
    }
    names.child("categories").items().forEach(each -> label(each, each.text(), ""));
  }

  private void optional(Field field, String text, String prefix) {
    if (!text.isEmpty()) {
      label(field, text, prefix);
    }
  }

  private void label(Field field, String text, String prefix) {
    List<String> problems = Names.label1035(text);
    if (!problems.isEmpty()) {
      found.invalid(field, prefix + String.join(",", problems));
    }
  }

  private void versions() {
    Field versions = spec.child("versions");
    List<ObjectNode> all = Trees.objects(object, "spec", "versions");
    List<String> names = all.stream().map(version -> Trees.text(version, "name")).toList();
    if (new HashSet<>(names).size() < names.size()) {
      found.invalid(
          versions, DefinitionForm.versions(versions), "must contain unique version names");
    }
    if (all.stream().filter(version -> Trees.isTrue(version, "storage")).count() != 1) {
      found.invalid(
          versions,
          DefinitionForm.versions(versions),
          "must have exactly one version marked as storage version");
    }
    if (!names.isEmpty() && !names.getFirst().isEmpty()) {
      // Inside the server, a definition has one version more.
      String first = names.getFirst();
      List<String> problems = Names.label1035(first);
      if (!problems.isEmpty()) {
        found.add(FieldError.invalid("spec.version", first, String.join(",", problems)));
      }
    }
  }

  /// Webhooks of types that are served must stay reachable; what was wrong may stay wrong.
  private static boolean needsGoodBundle(ObjectNode before) {
    String bundle = Trees.text(before, "spec", "conversion", "webhook", "clientConfig", "caBundle");
    return isEstablished(before) && (bundle.isEmpty() || CaBundle.problem(bundle).isEmpty());
  }

  private static boolean isEstablished(ObjectNode definition) {
    return Trees.objects(definition, "status", "conditions").stream()
        .anyMatch(
            each ->
                Trees.text(each, "type").equals("Established")
                    && Trees.text(each, "status").equals("True"));
  }

  private void conversion(boolean withGoodBundle) {
    Field conversion = spec.child("conversion");
    Field strategy = conversion.child("strategy");
    if (!conversion.isPresent() || !found.present(strategy, "")) {
      return;
    }
    found.oneOf(strategy, List.of("None", "Webhook"));
    Field webhook = conversion.child("webhook");
    JsonNode config = webhook.child("clientConfig").value();
    JsonNode reviews = webhook.child("conversionReviewVersions").value();
    ObjectNode inside = Trees.object();
    inside
        .putObject("spec")
        .putObject("conversion")
        .set("webhookClientConfig", config)
        .set("conversionReviewVersions", reviews);
    // Messages call the fields as the server itself does.
    Field shown = Field.root(inside).child("spec", "conversion");
    Field client = shown.child("webhookClientConfig");
    Field versions = shown.child("conversionReviewVersions");
    if (strategy.text().equals("Webhook")) {
      if (!client.isPresent()) {
        found.required(client, "required when strategy is set to Webhook");
      } else {
        WebhookClients.check(client, found);
        Field bundle = client.child("caBundle");
        if (withGoodBundle && !bundle.isEmpty()) {
          CaBundle.problem(bundle.text()).ifPresent(problem -> found.invalid(bundle, problem));
        }
      }
      reviewVersions(versions);
      return;
    }
    for (Field field : List.of(client, versions)) {
      if (!field.isEmpty()) {
        found.forbidden(field, "should not be set when strategy is not set to Webhook");
      }
    }
  }

  private void reviewVersions(Field versions) {
    if (!found.present(versions, "")) {
      return;
    }
    var seen = new HashSet<String>();
    for (Field version : versions.items()) {
      if (!seen.add(version.text())) {
        found.invalid(version, "duplicate version");
      } else {
        found.conforms(version, Names::label1035);
      }
    }
    if (!seen.contains("v1") && !seen.contains("v1beta1")) {
      found.invalid(versions, "must include at least one of v1, v1beta1");
    }
  }

  private void stored() {
    Field stored = Field.root(object).child("status", "storedVersions");
    if (stored.items().isEmpty()) {
      found.invalidList(stored, "must have at least one stored version");
      return;
    }
    Set<String> names = new HashSet<>();
    for (ObjectNode version : Trees.objects(object, "spec", "versions")) {
      String name = Trees.text(version, "name");
      names.add(name);
      if (Trees.isTrue(version, "storage")
          && !Trees.texts(object, "status", "storedVersions").contains(name)) {
        found.invalid(stored, "must have the storage version " + name);
      }
    }
    for (Field each : stored.items()) {
      if (!names.contains(each.text())) {
        String name = each.text();
        found.invalid(
            each,
            "missing from spec.versions; "
                + name
                + " was previously a storage version, and must remain in spec.versions until a"
                + " storage migration ensures no data remains persisted in "
                + name
                + " and removes "
                + name
                + " from status.storedVersions");
      }
    }
  }

  private void approval() {
    String group = spec.child("group").text();
    var guarded = new ArrayList<String>(List.of("k8s.io", "kubernetes.io"));
    if (guarded.stream().noneMatch(g -> group.equals(g) || group.endsWith("." + g))) {
      return;
    }
    String value = Trees.text(object, "metadata", "annotations", APPROVAL);
    String place = "metadata.annotations[" + APPROVAL + "]";
    String must = "protected groups must have approval annotation \"" + APPROVAL + '"';
    if (value.isEmpty()) {
      found.add(FieldError.required(place, must + SEE));
    } else if (!value.startsWith("unapproved") && !value.contains("://")) {
      found.add(
          FieldError.invalid(
              place,
              value,
              must + " with either a URL or a reason starting with \"unapproved\"" + SEE));
    }
  }

  private void unchanged(ObjectNode before) {
    var fixed = new LinkedHashMap<String, Field>();
    if (isEstablished(before)) {
      fixed.put("scope", spec.child("scope"));
      fixed.put("names/kind", spec.child("names", "kind"));
    }
    fixed.put("group", spec.child("group"));
    fixed.put("names/plural", spec.child("names", "plural"));
    fixed.forEach(
        (path, field) -> {
          JsonNode old = Trees.at(Trees.at(before, "spec"), path.split("/", -1));
          found.unchanged(field, old);
        });
  }
}
