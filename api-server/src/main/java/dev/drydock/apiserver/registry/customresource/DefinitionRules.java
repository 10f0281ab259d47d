package dev.drydock.apiserver.registry.customresource;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.NameRule;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
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
    rules.name();
    rules.group();
    found.present(rules.spec.child("scope"), "");
    found.oneOf(rules.spec.child("scope"), List.of("Cluster", "Namespaced"));
    rules.names();
    rules.versions();
    VersionRules.check(object, before, found);
    rules.conversion();
    rules.stored();
    if (before == null) {
      rules.approval();
      if (rules.spec.child("preserveUnknownFields").isTrue()) {
        found.invalid(
            rules.spec.child("preserveUnknownFields"),
            "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in"
                + " spec.versions[*].schema instead");
      }
    } else {
      rules.unchanged(before);
    }
  }

  private void name() {
    String wanted = spec.child("names", "plural").text() + "." + spec.child("group").text();
    Field name = Field.root(object).child("metadata", "name");
    if (!name.text().equals(wanted)) {
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
    for (String one : List.of("plural", "singular")) {
      label(names.child(one), names.child(one).text(), "");
    }
    for (String one : List.of("kind", "listKind")) {
      label(
          names.child(one),
          names.child(one).text().toLowerCase(Locale.ROOT),
          "may have mixed case, but should otherwise match: ");
    }
    for (String list : List.of("shortNames", "categories")) {
      names.child(list).items().forEach(each -> label(each, each.text(), ""));
    }
    if (!names.child("kind").isEmpty()
        && names.child("kind").text().equals(names.child("listKind").text())) {
      found.invalid(names.child("listKind"), "kind and listKind may not be the same");
    }
  }

  private void label(Field field, String text, String prefix) {
    NameRule rule = Names::label1035;
    List<String> problems = text.isEmpty() ? List.of() : rule.problems(text);
    if (!problems.isEmpty()) {
      found.invalid(field, prefix + String.join(",", problems));
    }
  }

  private void versions() {
    Field versions = spec.child("versions");
    int stored = 0;
    var seen = new HashSet<String>();
    boolean unique = true;
    for (Field version : versions.items()) {
      String name = version.child("name").text();
      stored += version.child("storage").isTrue() ? 1 : 0;
      unique &= seen.add(name);
      List<String> problems = Names.label1035(name);
      if (!problems.isEmpty()) {
        found.invalid(version.child("name"), String.join(",", problems));
      }
    }
    if (!unique) {
      found.invalid(versions, "must contain unique version names");
    }
    if (stored != 1) {
      found.invalid(versions, "must have exactly one version marked as storage version");
    }
  }

  private void conversion() {
    Field conversion = spec.child("conversion");
    Field strategy = conversion.child("strategy");
    if (!conversion.isPresent() || !found.present(strategy, "")) {
      return;
    }
    found.oneOf(strategy, List.of("None", "Webhook"));
    Field webhook = conversion.child("webhook");
    Field config = webhook.child("clientConfig");
    String shown = "spec.conversion.webhookClientConfig";
    if (!strategy.text().equals("Webhook")) {
      if (webhook.isPresent()) {
        found.add(
            FieldError.forbidden(shown, "should not be set when strategy is not set to Webhook"));
      }
      return;
    }
    if (!config.isPresent()) {
      found.add(FieldError.required(shown, "required when strategy is set to Webhook"));
    } else if (config.child("url").isPresent() == config.child("service").isPresent()) {
      found.add(FieldError.required(shown, "exactly one of url or service is required"));
    }
    Field reviews = webhook.child("conversionReviewVersions");
    List<String> given = Trees.texts(reviews.value());
    String place = "spec.conversion.conversionReviewVersions";
    if (given.isEmpty()) {
      found.add(FieldError.required(place, ""));
    } else if (!given.contains("v1") && !given.contains("v1beta1")) {
      found.add(
          FieldError.invalid(place, reviews.value(), "must include at least one of v1, v1beta1"));
    }
  }

  private void stored() {
    Field stored = Field.root(object).child("status", "storedVersions");
    if (stored.items().isEmpty()) {
      found.invalid(stored, "must have at least one stored version");
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
        found.invalid(each, "must appear in spec.versions");
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
    boolean established =
        Trees.objects(before, "status", "conditions").stream()
            .anyMatch(
                each ->
                    Trees.text(each, "type").equals("Established")
                        && Trees.text(each, "status").equals("True"));
    var fixed = new TreeMap<String, Field>();
    fixed.put("group", spec.child("group"));
    fixed.put("names/plural", spec.child("names", "plural"));
    if (established) {
      fixed.put("scope", spec.child("scope"));
      fixed.put("names/kind", spec.child("names", "kind"));
    }
    fixed.forEach(
        (path, field) -> {
          JsonNode old = Trees.at(Trees.at(before, "spec"), path.split("/", -1));
          found.unchanged(field, old);
        });
  }
}
