package dev.drydock.apiserver.registry.review;

import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.access.AccessAttributes;
import dev.drydock.apiserver.access.AskedSelectors;
import dev.drydock.apiserver.access.Authorizer;
import dev.drydock.apiserver.access.Authorizer.Verdict;
import dev.drydock.apiserver.access.rbac.PolicyRule;
import dev.drydock.apiserver.access.rbac.RbacAuthorizer;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.User;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Questions about authority. Each method writes the answer into the body's status.
public final class AccessReviews {
  private static final List<String> EVERYTHING = List.of("*");

  private final Authorizer authorizer;
  private final RbacAuthorizer rbac;

  public AccessReviews(Authorizer authorizer, RbacAuthorizer rbac) {
    this.authorizer = authorizer;
    this.rbac = rbac;
  }

  /// May somebody do something?
  public void subject(RequestContext context, Target target, ObjectNode body) {
    JsonNode spec = Trees.at(body, "spec");
    if (Trees.text(spec, "user").isEmpty() && !Trees.isFilled(spec, "groups")) {
      throw ApiException.invalid(
          target.type(),
          "",
          List.of(
              FieldError.invalid(
                  "spec.user", "", "at least one of user or group must be specified")));
    }
    Map<String, List<String>> extra = new HashMap<>();
    for (String key : Trees.at(spec, "extra").propertyNames()) {
      extra.put(key, Trees.texts(spec, "extra", key));
    }
    var user =
        new User(
            Trees.text(spec, "user"), Trees.text(spec, "uid"), Trees.texts(spec, "groups"), extra);
    answer(target, body, user);
  }

  /// May somebody do something in this namespace?
  public void local(RequestContext context, Target target, ObjectNode body) {
    String namespace = Trees.text(body, "spec", "resourceAttributes", "namespace");
    if (!namespace.equals(target.namespace())) {
      throw ApiException.badRequest(
          "spec.resourceAttributes.namespace must match namespace: " + target.namespace());
    }
    subject(context, target, body);
  }

  /// May I do something?
  public void self(RequestContext context, Target target, ObjectNode body) {
    answer(target, body, context.user());
  }

  private void answer(Target target, ObjectNode body, User user) {
    JsonNode spec = Trees.at(body, "spec");
    boolean resource = Trees.has(spec, "resourceAttributes");
    if (resource == Trees.has(spec, "nonResourceAttributes")) {
      throw ApiException.invalid(
          target.type(),
          "",
          List.of(
              FieldError.invalid(
                  resource ? "spec.nonResourceAttributes" : "spec.resourceAttributes",
                  "",
                  resource
                      ? "cannot be specified in combination with resourceAttributes"
                      : "exactly one of nonResourceAttributes or resourceAttributes must be"
                          + " specified")));
    }
    if (resource) {
      List<FieldError> wrong = ReviewSelectors.check(spec);
      if (!wrong.isEmpty()) {
        throw ApiException.invalid(target.type(), "", wrong);
      }
    }
    List<String> problems = new ArrayList<>();
    Verdict verdict =
        authorizer.authorize(resource ? ofResource(spec, user, problems) : ofPath(spec, user));
    ObjectNode status = body.putObject("status");
    status.put("allowed", verdict.isAllowed());
    if (verdict instanceof Verdict.Deny) {
      status.put("denied", true);
    }
    if (!verdict.reason().isEmpty()) {
      status.put("reason", verdict.reason());
    }
    if (!problems.isEmpty()) {
      status.put("evaluationError", String.join("; ", problems));
    }
  }

  /// @param problems gets what can't be read
  private static AccessAttributes ofResource(JsonNode spec, User user, List<String> problems) {
    JsonNode wanted = Trees.at(spec, "resourceAttributes");
    var resource =
        new AccessAttributes.Resource(
            user,
            Trees.text(wanted, "verb"),
            Trees.text(wanted, "group"),
            Trees.text(wanted, "resource"),
            Trees.text(wanted, "subresource"),
            Trees.text(wanted, "namespace"),
            Trees.text(wanted, "name"));
    var fields = AskedSelectors.fields(Trees.at(wanted, "fieldSelector"));
    var labels = AskedSelectors.labels(Trees.at(wanted, "labelSelector"));
    problems.add(ReviewSelectors.problem("fieldSelector", fields.completeness()));
    problems.add(ReviewSelectors.problem("labelSelector", labels.completeness()));
    problems.removeIf(String::isEmpty);
    return resource.selected(fields.value(), labels.value());
  }

  private static AccessAttributes ofPath(JsonNode spec, User user) {
    return new AccessAttributes.Path(
        user,
        Trees.text(spec, "nonResourceAttributes", "verb"),
        Trees.text(spec, "nonResourceAttributes", "path"));
  }

  /// What may I do in a namespace?
  public void rules(RequestContext context, Target target, ObjectNode body) {
    String namespace = Trees.text(body, "spec", "namespace");
    if (namespace.isEmpty()) {
      throw ApiException.badRequest("no namespace on request");
    }
    ObjectNode status = body.putObject("status");
    status.put("incomplete", false);
    ArrayNode resources = status.putArray("resourceRules");
    ArrayNode paths = status.putArray("nonResourceRules");
    if (context.user().groups().contains(User.MASTERS)) {
      add(PolicyRule.ofResources(EVERYTHING, EVERYTHING, EVERYTHING, List.of()), resources, paths);
      add(PolicyRule.ofUrls(EVERYTHING, EVERYTHING), resources, paths);
    }
    RbacAuthorizer.Held held = rbac.heldBy(context.user(), namespace);
    held.rules().forEach(rule -> add(rule, resources, paths));
    List<String> errors = new ArrayList<>(held.errors());
    String unlisted = authorizer.unlisted(context.user());
    if (!unlisted.isEmpty()) {
      errors.add(unlisted);
    }
    if (!errors.isEmpty()) {
      status.put("incomplete", true).put("evaluationError", String.join(", ", errors));
    }
  }

  private static void add(PolicyRule rule, ArrayNode resources, ArrayNode paths) {
    if (!rule.resources().isEmpty()) {
      ObjectNode added = resources.addObject();
      put(added, "verbs", rule.verbs());
      put(added, "apiGroups", rule.apiGroups());
      put(added, "resources", rule.resources());
      put(added, "resourceNames", rule.resourceNames());
    }
    if (!rule.nonResourceUrls().isEmpty()) {
      ObjectNode added = paths.addObject();
      put(added, "verbs", rule.verbs());
      put(added, "nonResourceURLs", rule.nonResourceUrls());
    }
  }

  private static void put(ObjectNode object, String field, List<String> texts) {
    if (!texts.isEmpty()) {
      ArrayNode list = object.putArray(field);
      texts.forEach(list::add);
    }
  }
}
