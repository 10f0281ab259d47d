package dev.drydock.apiserver.registry.admissionregistration;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.cel.CelEnvironment;
import dev.drydock.apiserver.cel.CelNames;
import dev.drydock.apiserver.policy.PolicyCompiler;
import dev.drydock.apiserver.policy.PolicyCompiler.Problem;
import dev.drydock.apiserver.registry.strategy.ConditionRules;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// ValidatingAdmissionPolicies and MutatingAdmissionPolicies.
public final class AdmissionPolicyStrategy implements ResourceStrategy {
  private static final Traits TRAITS = Traits.USUAL.counting();
  private static final Pattern IDENTIFIER = Pattern.compile("[_a-zA-Z][_a-zA-Z0-9]*");
  private static final int MOST_ANNOTATIONS = 20;
  private static final int LONGEST_VALUE = 5 * 1024;

  /// Kinds of patches, and where each has its expression.
  private static final Map<String, String> FORMS =
      new TreeMap<>(Map.of("ApplyConfiguration", "applyConfiguration", "JSONPatch", "jsonPatch"));

  private static final List<String> REASONS =
      List.of("Forbidden", "Invalid", "RequestEntityTooLarge");

  private final Kind kind;
  private final CelEnvironment cel;

  /// Which of the two.
  public enum Kind {
    MUTATING,
    VALIDATING
  }

  public AdmissionPolicyStrategy(Kind kind, CelEnvironment cel) {
    this.kind = kind;
    this.cel = cel;
  }

  @Override
  public boolean changesBlindly() {
    return false;
  }

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    if (!(object.get("spec") instanceof ObjectNode spec)) {
      return;
    }
    Trees.putDefault(spec, "failurePolicy", "Fail");
    if (spec.get("matchConstraints") instanceof ObjectNode constraints) {
      Matching.applyDefaults(constraints, "resourceRules", "excludeResourceRules");
    }
  }

  @Override
  public void validateCreate(ObjectNode object, Violations found) {
    Field spec = Field.root(object).child("spec");
    found.oneOf(spec.child("failurePolicy"), List.of("Fail", "Ignore"));
    checkParamKind(spec.child("paramKind"), found);
    Field constraints = spec.child("matchConstraints");
    if (found.present(constraints, "")) {
      Matching.check(constraints, found);
      Matching.checkRules(constraints.child("resourceRules"), found);
      Matching.checkRules(constraints.child("excludeResourceRules"), found);
      found.present(constraints.child("resourceRules"), "");
    }
    Matching.checkConditions(spec.child("matchConditions"), found);
    checkVariables(spec.child("variables"), found);
    switch (kind) {
      case VALIDATING -> {
        checkValidations(spec, found);
        checkAnnotations(Field.root(object), found);
      }
      case MUTATING -> checkMutations(spec, found);
    }
    for (Problem problem : PolicyCompiler.check(cel, object)) {
      if (!problem.expression().isBlank()) {
        found.add(FieldError.invalid(problem.field(), problem.expression(), problem.detail()));
      }
    }
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode before, Violations found) {
    if (!object.path("spec").equals(before.path("spec"))) {
      validateCreate(object, found);
    }
    if (!object.path("status").equals(before.path("status"))) {
      checkStatus(Field.root(object).child("status"), found);
    }
  }

  private static void checkStatus(Field status, Violations found) {
    for (Field warning : status.child("typeChecking", "expressionWarnings").items()) {
      found.present(warning.child("warning"), "");
      found.present(warning.child("fieldRef"), "");
    }
    ConditionRules.check(status.child("conditions"), found);
  }

  private static void checkParamKind(Field param, Violations found) {
    if (!param.isPresent()) {
      return;
    }
    Field version = param.child("apiVersion");
    if (found.present(version, "")) {
      checkVersion(version, found);
    }
    Field name = param.child("kind");
    if (found.present(name, "")) {
      List<String> problems = Names.label1035(name.text().toLowerCase(Locale.ROOT));
      if (!problems.isEmpty()) {
        found.invalid(
            name, "may have mixed case, but should otherwise match: " + String.join(",", problems));
      }
    }
  }

  private static void checkVersion(Field version, Violations found) {
    String[] parts = version.text().split("/", -1);
    if (parts.length > 2) {
      found.invalid(version, "unexpected GroupVersion string: " + version.text());
      return;
    }
    String group = parts.length == 2 ? parts[0] : "";
    String name = parts[parts.length - 1];
    List<String> problems = group.isEmpty() ? List.of() : Names.subdomain(group);
    if (!problems.isEmpty()) {
      found.add(FieldError.invalid(version.path(), group, String.join(",", problems)));
    }
    if (name.isEmpty()) {
      found.invalid(version, "version must be specified");
    } else if (!Names.label1035(name).isEmpty()) {
      found.add(FieldError.invalid(version.path(), name, String.join(",", Names.label1035(name))));
    }
  }

  private static void checkVariables(Field variables, Violations found) {
    for (Field variable : variables.items()) {
      Field name = variable.child("name");
      if (name.text().isBlank()) {
        found.required(name, "name is not specified");
      } else if (!IDENTIFIER.matcher(name.text()).matches() || CelNames.isReserved(name.text())) {
        found.invalid(name, "name is not a valid CEL identifier");
      }
      filled(variable.child("expression"), "expression is not specified", found);
    }
  }

  private static void filled(Field expression, String detail, Violations found) {
    if (expression.text().isBlank()) {
      found.required(expression, detail);
    }
  }

  private static void checkValidations(Field spec, Violations found) {
    Field validations = spec.child("validations");
    if (validations.isEmpty() && spec.child("auditAnnotations").isEmpty()) {
      for (Field list : List.of(validations, spec.child("auditAnnotations"))) {
        found.required(list, "validations or auditAnnotations must contain at least one item");
      }
    }
    for (Field validation : validations.items()) {
      filled(validation.child("expression"), "expression is not specified", found);
      Field text = validation.child("messageExpression");
      if (!text.isEmpty() && text.text().isBlank()) {
        found.invalid(text, "must be non-empty if specified");
      }
      Field message = validation.child("message");
      if (!message.isEmpty() && message.text().isBlank()) {
        found.invalid(message, "message must be non-empty if specified");
      } else if (message.text().strip().matches("(?s).*[\\n\\r].*")) {
        found.invalid(message, "message must not contain line breaks");
      }
      found.oneOf(validation.child("reason"), REASONS);
    }
  }

  private static void checkAnnotations(Field policy, Violations found) {
    Field annotations = policy.child("spec", "auditAnnotations");
    if (annotations.items().size() > MOST_ANNOTATIONS) {
      found.invalid(
          annotations, "must not have more than " + MOST_ANNOTATIONS + " auditAnnotations");
    }
    String name = policy.child("metadata", "name").text();
    Set<String> keys = new HashSet<>();
    for (Field annotation : annotations.items()) {
      Field key = annotation.child("key");
      String whole = name + "/" + key.text();
      if (name.isEmpty()) {
        found.invalid(key, "requires metadata.name be non-empty");
      } else {
        Names.qualified(whole)
            .forEach(problem -> found.add(FieldError.invalid(key.path(), whole, problem)));
      }
      Field value = annotation.child("valueExpression");
      filled(value, "valueExpression is not specified", found);
      if (value.text().strip().length() > LONGEST_VALUE) {
        found.required(value, "must not exceed " + LONGEST_VALUE + " bytes in length");
      }
      if (!keys.add(key.text())) {
        found.duplicate(key);
      }
    }
  }

  private static void checkMutations(Field spec, Violations found) {
    Field mutations = spec.child("mutations");
    found.present(mutations, "mutations must contain at least one item");
    for (Field mutation : mutations.items()) {
      Field type = mutation.child("patchType");
      found.requiredOneOf(type, List.copyOf(FORMS.keySet()));
      FORMS.forEach((form, field) -> checkForm(mutation.child(field), form, type.text(), found));
    }
    found.requiredOneOf(spec.child("reinvocationPolicy"), List.of("IfNeeded", "Never"));
  }

  private static void checkForm(Field field, String form, String chosen, Violations found) {
    if (form.equals(chosen)) {
      if (found.present(field, "must be specified when patchType is " + form)) {
        filled(field.child("expression"), "expression is not specified", found);
      }
    } else if (FORMS.containsKey(chosen) && field.isPresent()) {
      found.add(
          FieldError.invalid(
              field.path(),
              "{" + FORMS.get(form) + "}",
              "must not be specified when patchType is " + chosen));
    }
  }
}
