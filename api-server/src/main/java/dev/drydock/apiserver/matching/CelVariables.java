package dev.drydock.apiserver.matching;

import dev.drydock.apiserver.access.AccessAttributes;
import dev.drydock.apiserver.access.AskedSelectors;
import dev.drydock.apiserver.access.Authorizer;
import dev.drydock.apiserver.access.Authorizer.Verdict;
import dev.drydock.apiserver.cel.value.Permission;
import dev.drydock.apiserver.cel.value.Permission.Decision;
import dev.drydock.apiserver.cel.value.Shape;
import dev.drydock.apiserver.cel.value.Shape.Field;
import dev.drydock.apiserver.request.User;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The variables of expressions about a write: what they are, and their values.
public final class CelVariables {
  private static final Shape KIND = object("kubernetes.GroupVersionKind", "group version kind");
  private static final Shape RESOURCE =
      object("kubernetes.GroupVersionResource", "group version resource");

  private CelVariables() {}

  private static Shape object(String name, String fields) {
    Map<String, Field> all = new HashMap<>();
    for (String field : fields.split(" ")) {
      all.put(field, new Field(field, Shape.STRING));
    }
    return Shape.object(name, () -> all);
  }

  private static Shape request() {
    Map<String, Field> user = new HashMap<>();
    user.put("username", new Field("username", Shape.STRING));
    user.put("uid", new Field("uid", Shape.STRING));
    user.put("groups", new Field("groups", Shape.list(Shape.STRING)));
    user.put("extra", new Field("extra", Shape.map(Shape.list(Shape.STRING))));
    Map<String, Field> all = new HashMap<>();
    for (String text :
        List.of("subResource", "requestSubResource", "name", "namespace", "operation")) {
      all.put(text, new Field(text, Shape.STRING));
    }
    all.put("kind", new Field("kind", KIND));
    all.put("resource", new Field("resource", RESOURCE));
    all.put("requestKind", new Field("requestKind", KIND));
    all.put("requestResource", new Field("requestResource", RESOURCE));
    all.put("userInfo", new Field("userInfo", Shape.object("kubernetes.UserInfo", () -> user)));
    all.put("dryRun", new Field("dryRun", Shape.BOOL));
    all.put("options", new Field("options", Shape.DYN));
    return Shape.object("kubernetes.AdmissionRequest", () -> all);
  }

  /// The variables that every such expression has.
  public static Map<String, Shape> ofConditions() {
    Map<String, Shape> shapes = new HashMap<>();
    shapes.put("object", Shape.DYN);
    shapes.put("oldObject", Shape.DYN);
    shapes.put("request", request());
    shapes.put("authorizer", Shape.library(Permission.AUTHORIZER));
    shapes.put("authorizer.requestResource", Shape.library(Permission.RESOURCE_CHECK));
    return shapes;
  }

  /// Values of the authorizer variables.
  public static Map<String, Object> authorizer(Attempt attempt, Authorizer authorizer) {
    Permission start =
        Permission.start(attributes -> decide(attempt.user(), attributes, authorizer));
    Permission resource =
        start
            .group(attempt.target().type().group())
            .resource(attempt.target().type().resource())
            .with("subresource", attempt.target().subresource())
            .with("namespace", attempt.target().namespace())
            .with("name", attempt.name());
    return Map.of("authorizer", start, "authorizer.requestResource", resource);
  }

  private static Decision decide(User user, Map<String, String> question, Authorizer authorizer) {
    User asking = user;
    String account = question.get("serviceAccount");
    if (account != null) {
      String namespace = account.substring(0, account.indexOf('/'));
      asking =
          User.of(
              "system:serviceaccount:" + account.replace('/', ':'),
              List.of(
                  "system:serviceaccounts",
                  "system:serviceaccounts:" + namespace,
                  User.AUTHENTICATED));
    }
    String verb = question.getOrDefault("verb", "");
    String path = question.get("path");
    AccessAttributes attributes =
        path != null
            ? new AccessAttributes.Path(asking, verb, path)
            : new AccessAttributes.Resource(
                    asking,
                    verb,
                    question.getOrDefault("group", ""),
                    question.getOrDefault("resource", ""),
                    question.getOrDefault("subresource", ""),
                    question.getOrDefault("namespace", ""),
                    question.getOrDefault("name", ""))
                .selected(
                    AskedSelectors.rawFields(question.getOrDefault("fieldSelector", "")).value(),
                    AskedSelectors.rawLabels(question.getOrDefault("labelSelector", "")).value());
    Verdict verdict = authorizer.authorize(attributes);
    return new Decision(verdict.isAllowed(), verdict.reason(), "");
  }
}
