package dev.drydock.apiserver.access.jwt;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.access.jwt.ClaimMapping.Claim;
import dev.drydock.apiserver.access.jwt.ClaimMapping.Expression;
import dev.drydock.apiserver.access.jwt.ClaimMapping.Nothing;
import dev.drydock.apiserver.cel.CelCompileException;
import dev.drydock.apiserver.cel.CelEnvironment;
import dev.drydock.apiserver.cel.CelProgram;
import dev.drydock.apiserver.cel.value.Shape;
import dev.drydock.apiserver.cel.value.Shape.Field;
import dev.drydock.apiserver.configuration.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads mappings and validation rules of one issuer, and compiles their expressions.
final class ClaimRulesReader {
  private static final Map<String, Shape> CLAIMS = Map.of("claims", Shape.map(Shape.DYN));
  private static final Map<String, Shape> USER =
      Map.of(
          "user",
          Shape.object(
              "kubernetes.UserInfo",
              () ->
                  Map.of(
                      "username", new Field("username", Shape.STRING),
                      "uid", new Field("uid", Shape.STRING),
                      "groups", new Field("groups", Shape.list(Shape.STRING)),
                      "extra", new Field("extra", Shape.map(Shape.list(Shape.STRING))))));
  private static final Pattern EMAIL = Pattern.compile("\\bclaims\\s*\\.\\s*\\??email\\b");
  private static final Pattern VERIFIED =
      Pattern.compile("\\bclaims\\s*\\.\\s*\\??email_verified\\b");
  private static final Pattern RESERVED = Pattern.compile("(.*\\.)?(kubernetes\\.io|k8s\\.io)/.*");
  private static final Pattern PREFIXED =
      Pattern.compile("[a-zA-Z0-9]([-a-zA-Z0-9.]*[a-zA-Z0-9])?/[^\\s]+");

  private final CelEnvironment cel;
  private final List<FieldError> errors;
  private boolean seesVerified;

  ClaimRulesReader(CelEnvironment cel, List<FieldError> errors) {
    this.cel = cel;
    this.errors = errors;
  }

  ClaimRules read(Section issuer) {
    Map<String, String> required = new LinkedHashMap<>();
    List<ClaimRules.Condition> claims = new ArrayList<>();
    claimRules(issuer, required, claims);
    Section mappings = issuer.child("claimMappings").only("username", "groups", "uid", "extra");
    ClaimMapping username = prefixed(mappings.child("username"));
    if (username instanceof Nothing && !mappings.child("username").has("expression")) {
      errors.add(FieldError.required(mappings.path("username"), "claim or expression is required"));
    }
    ClaimMapping groups = prefixed(mappings.child("groups"));
    ClaimMapping uid = uid(mappings.child("uid"));
    Map<String, CelProgram> extra = extra(mappings);
    if (username instanceof Expression(CelProgram program)
        && EMAIL.matcher(program.source()).find()
        && !seesVerified
        && !VERIFIED.matcher(program.source()).find()) {
      errors.add(
          FieldError.invalid(
              mappings.path("username.expression"),
              program.source(),
              "claims.email_verified must be used in claimMappings.username.expression or "
                  + "claimMappings.extra[*].valueExpression or "
                  + "claimValidationRules[*].expression when claims.email is used in "
                  + "claimMappings.username.expression"));
    }
    return new ClaimRules(username, groups, uid, extra, required, claims, userRules(issuer));
  }

  private void claimRules(
      Section issuer, Map<String, String> required, List<ClaimRules.Condition> conditions) {
    Set<String> seen = new HashSet<>();
    for (Section rule : issuer.children("claimValidationRules")) {
      rule.only("claim", "requiredValue", "expression", "message");
      String claim = rule.text("claim");
      String expression = rule.text("expression");
      if (!claim.isEmpty() && !expression.isEmpty()) {
        errors.add(
            FieldError.invalid(rule.path(), claim, "claim and expression can't both be set"));
      } else if (!claim.isEmpty()) {
        refuse(rule, "message", "may not be specified when claim is set");
        if (required.put(claim, rule.text("requiredValue")) != null) {
          errors.add(FieldError.duplicate(rule.path("claim"), claim));
        }
      } else if (!expression.isEmpty()) {
        refuse(rule, "requiredValue", "may not be specified when expression is set");
        condition(rule, CLAIMS, seen, conditions);
      } else {
        errors.add(FieldError.required(rule.path(), "claim or expression is required"));
      }
    }
  }

  private List<ClaimRules.Condition> userRules(Section issuer) {
    List<ClaimRules.Condition> conditions = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Section rule : issuer.children("userValidationRules")) {
      rule.only("expression", "message");
      if (rule.text("expression").isEmpty()) {
        errors.add(FieldError.required(rule.path("expression"), ""));
      } else {
        condition(rule, USER, seen, conditions);
      }
    }
    return conditions;
  }

  private void condition(
      Section rule,
      Map<String, Shape> variables,
      Set<String> seen,
      List<ClaimRules.Condition> conditions) {
    String expression = rule.text("expression");
    if (!seen.add(expression)) {
      errors.add(FieldError.duplicate(rule.path("expression"), expression));
      return;
    }
    CelProgram program = compile(rule, "expression", variables, "bool");
    if (program != null) {
      seesVerified |= variables.containsKey("claims") && VERIFIED.matcher(expression).find();
      conditions.add(new ClaimRules.Condition(program, rule.text("message")));
    }
  }

  private void refuse(Section rule, String field, String reason) {
    if (!rule.text(field).isEmpty()) {
      errors.add(FieldError.invalid(rule.path(field), rule.text(field), reason));
    }
  }

  private ClaimMapping prefixed(Section mapping) {
    mapping.only("claim", "prefix", "expression");
    String claim = mapping.text("claim");
    String prefix = mapping.textOrNull("prefix");
    if (!claim.isEmpty() && mapping.has("expression")) {
      errors.add(FieldError.invalid(mapping.path(), "", "claim and expression can't both be set"));
    } else if (mapping.has("expression")) {
      if (prefix != null) {
        errors.add(
            FieldError.invalid(
                mapping.path("prefix"), prefix, "may not be specified when expression is set"));
      }
      CelProgram program = compile(mapping, "expression", CLAIMS, "");
      return program == null ? new Nothing() : new Expression(program);
    } else if (!claim.isEmpty()) {
      if (prefix == null) {
        errors.add(
            FieldError.required(
                mapping.path("prefix"),
                "prefix is required when claim is set. It can be set to an empty string to disable"
                    + " prefixing"));
      }
      return new Claim(claim, prefix == null ? "" : prefix);
    }
    return new Nothing();
  }

  private ClaimMapping uid(Section mapping) {
    mapping.only("claim", "expression");
    String claim = mapping.text("claim");
    if (!claim.isEmpty() && mapping.has("expression")) {
      errors.add(FieldError.invalid(mapping.path(), "", "claim and expression can't both be set"));
    } else if (mapping.has("expression")) {
      CelProgram program = compile(mapping, "expression", CLAIMS, "");
      return program == null ? new Nothing() : new Expression(program);
    }
    return claim.isEmpty() ? new Nothing() : new Claim(claim, "");
  }

  private Map<String, CelProgram> extra(Section mappings) {
    Map<String, CelProgram> extra = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    for (Section mapping : mappings.children("extra")) {
      mapping.only("key", "valueExpression");
      String key = mapping.text("key");
      String path = mapping.path("key");
      if (key.isEmpty()) {
        errors.add(FieldError.required(path, ""));
      } else if (!PREFIXED.matcher(key).matches()) {
        errors.add(
            FieldError.invalid(
                path, key, "must be a domain-prefixed path (such as \"acme.io/foo\")"));
      }
      if (!key.equals(key.toLowerCase(Locale.ROOT))) {
        errors.add(FieldError.invalid(path, key, "must be lowercase"));
      }
      if (RESERVED.matcher(key).matches()) {
        errors.add(
            FieldError.invalid(
                path,
                key,
                "k8s.io, kubernetes.io and their subdomains are reserved for Kubernetes use"));
      }
      if (!seen.add(key)) {
        errors.add(FieldError.duplicate(path, key));
      } else if (mapping.text("valueExpression").isEmpty()) {
        errors.add(FieldError.required(mapping.path("valueExpression"), ""));
      } else {
        CelProgram program = compile(mapping, "valueExpression", CLAIMS, "");
        if (program != null) {
          seesVerified |= VERIFIED.matcher(program.source()).find();
          extra.put(key, program);
        }
      }
    }
    return extra;
  }

  /// @param type of its value; empty: any
  private @Nullable CelProgram compile(
      Section section, String field, Map<String, Shape> variables, String type) {
    String expression = section.text(field);
    try {
      CelProgram program = cel.compile(expression, variables);
      boolean fits =
          type.isEmpty() || program.resultType().equals(type) || isDynamic(program.resultType());
      if (fits) {
        return program;
      }
      errors.add(FieldError.invalid(section.path(field), expression, "must evaluate to " + type));
    } catch (CelCompileException e) {
      errors.add(FieldError.invalid(section.path(field), expression, e.problem()));
    }
    return null;
  }

  private static boolean isDynamic(String type) {
    return type.equals("dyn") || type.equals("any");
  }
}
