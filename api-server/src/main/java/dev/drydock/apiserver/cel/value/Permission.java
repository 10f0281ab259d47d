package dev.drydock.apiserver.cel.value;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/// A question to the authorizer that an expression puts together step by step.
///
/// @param type the step that it is at
/// @param attributes `path`; or `group`, `resource`, `subresource`, `namespace`, `name`,
///     `fieldSelector`, `labelSelector`; `verb`; `serviceAccount` as `NAMESPACE/NAME`
/// @param authorizer answers it
public record Permission(
    String type, Map<String, String> attributes, Function<Map<String, String>, Decision> authorizer)
    implements Named {
  public static final String AUTHORIZER = "kubernetes.authorization.Authorizer";
  public static final String PATH_CHECK = "kubernetes.authorization.PathCheck";
  public static final String GROUP_CHECK = "kubernetes.authorization.GroupCheck";
  public static final String RESOURCE_CHECK = "kubernetes.authorization.ResourceCheck";
  public static final String DECISION = "kubernetes.authorization.Decision";

  /// What the authorizer says.
  ///
  /// @param error empty when it could decide
  public record Decision(boolean allowed, String reason, String error) implements Named {
    @Override
    public String typeName() {
      return DECISION;
    }
  }

  public Permission {
    attributes = Map.copyOf(attributes);
  }

  /// Where every question begins.
  public static Permission start(Function<Map<String, String>, Decision> authorizer) {
    return new Permission(AUTHORIZER, Map.of(), authorizer);
  }

  @Override
  public String typeName() {
    return type;
  }

  public Permission path(String path) {
    return at(PATH_CHECK, "path", path);
  }

  public Permission group(String group) {
    return at(GROUP_CHECK, "group", group);
  }

  public Permission resource(String resource) {
    return at(RESOURCE_CHECK, "resource", resource);
  }

  public Permission serviceAccount(String namespace, String name) {
    return at(AUTHORIZER, "serviceAccount", namespace + "/" + name);
  }

  /// The same with one attribute more.
  public Permission with(String attribute, String value) {
    return at(type, attribute, value);
  }

  public Decision check(String verb) {
    return authorizer.apply(at(type, "verb", verb).attributes);
  }

  private Permission at(String next, String attribute, String value) {
    Map<String, String> all = new HashMap<>(attributes);
    all.put(attribute, value);
    return new Permission(next, all, authorizer);
  }
}
