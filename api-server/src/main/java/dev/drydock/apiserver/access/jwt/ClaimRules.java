package dev.drydock.apiserver.access.jwt;

import dev.drydock.apiserver.access.jwt.ClaimMapping.Claim;
import dev.drydock.apiserver.access.jwt.ClaimMapping.Expression;
import dev.drydock.apiserver.access.jwt.ClaimMapping.Nothing;
import dev.drydock.apiserver.cel.CelProgram;
import dev.drydock.apiserver.cel.value.CelEvaluationException;
import dev.drydock.apiserver.request.User;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What the claims of a verified token must be, and the user that they make.
///
/// @param extra by key
/// @param required claims that must have just this value
/// @param claims conditions on `claims`
/// @param users conditions on `user`
public record ClaimRules(
    ClaimMapping username,
    ClaimMapping groups,
    ClaimMapping uid,
    Map<String, CelProgram> extra,
    Map<String, String> required,
    List<Condition> claims,
    List<Condition> users) {
  private static final String CREDENTIAL_ID = "authentication.kubernetes.io/credential-id";

  public ClaimRules {
    extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
    required = Collections.unmodifiableMap(new LinkedHashMap<>(required));
    claims = List.copyOf(claims);
    users = List.copyOf(users);
  }

  /// @param message for whoever does not fulfil it; may be empty
  public record Condition(CelProgram program, String message) {}

  /// Of the flags `--oidc-*`.
  public static ClaimRules of(Claim username, ClaimMapping groups, Map<String, String> required) {
    return new ClaimRules(
        username, groups, new Nothing(), Map.of(), required, List.of(), List.of());
  }

  /// The claim that tells the groups; empty: none does.
  String groupsClaim() {
    return groups instanceof Claim(String claim, _) ? claim : "";
  }

  /// The user, without the group of the authenticated.
  User user(ObjectNode token) throws ClaimException {
    String name = name(token);
    List<String> in = groups(token);
    String id = uid(token);
    Map<String, List<String>> more = extra(token);
    String number = token.path("jti").asString("");
    if (!number.isEmpty()) {
      more.put(CREDENTIAL_ID, List.of("JTI=" + number));
    }
    for (Map.Entry<String, String> wanted : required.entrySet()) {
      require(token, wanted.getKey(), wanted.getValue());
    }
    check(claims, Map.of("claims", token), "oidc: error evaluating claim validation expression: ");
    User user = new User(name, id, in, more);
    if (!users.isEmpty()) {
      check(
          users, Map.of("user", shown(user)), "oidc: error evaluating user info validation rule: ");
    }
    return user;
  }

  private String name(ObjectNode token) throws ClaimException {
    return switch (username) {
      case Nothing _ -> throw new ClaimException("oidc: no username claim is configured");
      case Claim(String claim, String prefix) -> {
        String text = text(token, claim, "oidc: parse username claims \"" + claim + "\": ");
        if (claim.equals("email") && token.has("email_verified")) {
          JsonNode verified = token.path("email_verified");
          if (!verified.isBoolean()) {
            throw new ClaimException(
                "oidc: parse 'email_verified' claim: json: cannot unmarshal "
                    + "value into Go value of type bool");
          }
          if (!verified.booleanValue()) {
            throw new ClaimException("oidc: email not verified");
          }
        }
        yield prefix + text;
      }
      case Expression expression -> text(expression, token, "username");
    };
  }

  private List<String> groups(ObjectNode token) throws ClaimException {
    return switch (groups) {
      case Nothing _ -> List.of();
      case Claim(String claim, String prefix) -> {
        if (!token.has(claim)) {
          yield List.of();
        }
        try {
          yield ClaimMapping.some(token.path(claim)).stream().map(prefix::concat).toList();
        } catch (ClaimException e) {
          throw new ClaimException("oidc: parse groups claim \"" + claim + "\": " + e.text());
        }
      }
      case Expression expression -> {
        try {
          yield ClaimMapping.given(expression.evaluate(token));
        } catch (ClaimException | CelEvaluationException e) {
          throw new ClaimException(
              "oidc: error evaluating group claim expression: " + e.getMessage());
        }
      }
    };
  }

  private String uid(ObjectNode token) throws ClaimException {
    return switch (uid) {
      case Nothing _ -> "";
      case Claim(String claim, String prefix) ->
          prefix + text(token, claim, "oidc: parse uid claim \"" + claim + "\": ");
      case Expression expression -> text(expression, token, "uid");
    };
  }

  private Map<String, List<String>> extra(ObjectNode token) throws ClaimException {
    Map<String, List<String>> all = new LinkedHashMap<>();
    for (Map.Entry<String, CelProgram> entry : extra.entrySet()) {
      try {
        List<String> values =
            ClaimMapping.given(ClaimMapping.value(entry.getValue(), Map.of("claims", token)));
        if (!values.isEmpty()) {
          all.put(entry.getKey(), values);
        }
      } catch (ClaimException | CelEvaluationException e) {
        throw new ClaimException(
            "oidc: error evaluating extra claim expression: "
                + entry.getValue().source()
                + ": "
                + e.getMessage());
      }
    }
    return all;
  }

  private static String text(ObjectNode token, String claim, String failure) throws ClaimException {
    if (!token.has(claim)) {
      throw new ClaimException(failure + "claim not present");
    }
    try {
      return ClaimMapping.one(token.path(claim));
    } catch (ClaimException e) {
      throw new ClaimException(failure + e.text());
    }
  }

  private static String text(Expression expression, ObjectNode token, String of)
      throws ClaimException {
    String failure = "oidc: error evaluating " + of + " claim expression: ";
    try {
      JsonNode value = expression.evaluate(token);
      if (value.isString()) {
        return value.stringValue();
      }
    } catch (CelEvaluationException e) {
      throw new ClaimException(failure + e.getMessage());
    }
    throw new ClaimException(failure + of + " claim expression must return a string");
  }

  private static void require(ObjectNode token, String claim, String value) throws ClaimException {
    if (!token.has(claim)) {
      throw new ClaimException("oidc: required claim " + claim + " not present in ID token");
    }
    String found = text(token, claim, "oidc: parse claim " + claim + ": ");
    if (!found.equals(value)) {
      throw new ClaimException(
          "oidc: required claim "
              + claim
              + " value does not match. Got = "
              + found
              + ", want = "
              + value);
    }
  }

  private static void check(List<Condition> conditions, Map<String, ?> bindings, String failure)
      throws ClaimException {
    for (Condition condition : conditions) {
      JsonNode value;
      try {
        value = ClaimMapping.value(condition.program(), bindings);
      } catch (CelEvaluationException e) {
        throw new ClaimException(failure + e.getMessage());
      }
      if (!value.isBoolean() || !value.booleanValue()) {
        throw new ClaimException(
            failure
                + "validation expression '"
                + condition.program().source()
                + "' failed: "
                + condition.message());
      }
    }
  }

  private static ObjectNode shown(User user) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("username", user.name());
    tree.put("uid", user.uid());
    user.groups().forEach(tree.putArray("groups")::add);
    ObjectNode extra = tree.putObject("extra");
    user.extra().forEach((key, values) -> values.forEach(extra.putArray(key)::add));
    return tree;
  }
}
