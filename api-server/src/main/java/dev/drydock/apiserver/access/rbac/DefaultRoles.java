package dev.drydock.apiserver.access.rbac;

import dev.drydock.api.codec.YamlCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The roles and bindings every cluster begins with, as objects; read from `default-roles.yaml`.
///
/// @param objects ClusterRoles, ClusterRoleBindings, Roles and RoleBindings, without status
public record DefaultRoles(List<ObjectNode> objects) {
  static final String AUTOUPDATE = "rbac.authorization.kubernetes.io/autoupdate";
  private static final String AGGREGATE = "rbac.authorization.k8s.io/aggregate-to-";
  private static final String GROUP = "rbac.authorization.k8s.io";
  private static final String CONTROLLER = "system:controller:";
  private static final String CONTROLLER_MANAGER = "User system:kube-controller-manager";

  public DefaultRoles {
    objects = List.copyOf(objects);
  }

  public static DefaultRoles load() {
    try (InputStream in =
        Objects.requireNonNull(DefaultRoles.class.getResourceAsStream("default-roles.yaml"))) {
      return new DefaultRoles(
          new Reader()
              .read(
                  YamlCodec.decode(new String(in.readAllBytes(), StandardCharsets.UTF_8)).tree()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The rules of a ClusterRole among them.
  public List<PolicyRule> rulesOf(String clusterRole) {
    return objects.stream()
        .filter(object -> object.path("kind").asString("").equals("ClusterRole"))
        .filter(object -> object.path("metadata").path("name").asString("").equals(clusterRole))
        .findFirst()
        .map(object -> PolicyRule.listOf(object.path("rules")))
        .orElseThrow(() -> new IllegalArgumentException("no default ClusterRole " + clusterRole));
  }

  /// Turns the file into objects.
  private static final class Reader {
    private final List<ObjectNode> objects = new ArrayList<>();

    List<ObjectNode> read(JsonNode file) {
      file.path("clusterRoles").properties().forEach(e -> clusterRole(e.getKey(), e.getValue()));
      file.path("controllers").properties().forEach(e -> controller(e.getKey(), e.getValue()));
      file.path("clusterRoleBindings")
          .properties()
          .forEach(e -> binding("", e.getKey(), e.getKey(), e.getValue()));
      file.path("roles")
          .properties()
          .forEach(
              ns ->
                  ns.getValue()
                      .properties()
                      .forEach(e -> role(ns.getKey(), e.getKey(), e.getValue())));
      file.path("roleBindings")
          .properties()
          .forEach(
              ns ->
                  ns.getValue()
                      .properties()
                      .forEach(
                          e ->
                              binding(
                                  ns.getKey(),
                                  e.getKey(),
                                  e.getValue().path("role").asString(""),
                                  e.getValue().path("subjects"))));
      return objects;
    }

    private void clusterRole(String name, JsonNode form) {
      ObjectNode role = object("ClusterRole", "", name);
      if (form.has("aggregateTo")) {
        ((ObjectNode) role.path("metadata").path("labels"))
            .put(AGGREGATE + form.path("aggregateTo").asString(""), "true");
      }
      if (form.has("aggregates")) {
        role.putObject("aggregationRule")
            .putArray("clusterRoleSelectors")
            .addObject()
            .putObject("matchLabels")
            .put(AGGREGATE + form.path("aggregates").asString(""), "true");
      }
      rules(role, form.path("rules"));
      objects.add(role);
    }

    private void controller(String name, JsonNode rules) {
      ObjectNode role = object("ClusterRole", "", CONTROLLER + name);
      rules(role, rules);
      objects.add(role);
      ArrayNode subjects = JsonNodeFactory.instance.arrayNode();
      subjects.add("ServiceAccount kube-system/" + name).add(CONTROLLER_MANAGER);
      binding("", CONTROLLER + name, CONTROLLER + name, subjects);
    }

    private void role(String namespace, String name, JsonNode form) {
      ObjectNode role = object("Role", namespace, name);
      rules(role, form.path("rules"));
      objects.add(role);
      if (!form.path("subjects").isEmpty()) {
        binding(namespace, name, name, form.path("subjects"));
      }
    }

    private static void rules(ObjectNode role, JsonNode rules) {
      ArrayNode array = role.putArray("rules");
      for (JsonNode rule : rules) {
        rule.properties()
            .forEach(
                e ->
                    RuleText.parse(e.getKey(), e.getValue().asString(""))
                        .forEach(one -> array.add(one.tree())));
      }
    }

    private void binding(String namespace, String name, String role, JsonNode subjects) {
      boolean ofCluster = namespace.isEmpty();
      ObjectNode binding =
          object(ofCluster ? "ClusterRoleBinding" : "RoleBinding", namespace, name);
      binding
          .putObject("roleRef")
          .put("apiGroup", GROUP)
          .put("kind", ofCluster ? "ClusterRole" : "Role")
          .put("name", role);
      ArrayNode array = binding.putArray("subjects");
      for (JsonNode subject : subjects) {
        array.add(subject(subject.asString("")));
      }
      objects.add(binding);
    }

    private static ObjectNode subject(String text) {
      int blank = text.indexOf(' ');
      String kind = text.substring(0, blank);
      String name = text.substring(blank + 1);
      ObjectNode subject = JsonNodeFactory.instance.objectNode();
      if (kind.equals("ServiceAccount")) {
        int slash = name.indexOf('/');
        return subject
            .put("kind", kind)
            .put("name", name.substring(slash + 1))
            .put("namespace", name.substring(0, slash));
      }
      return subject.put("apiGroup", GROUP).put("kind", kind).put("name", name);
    }

    private static ObjectNode object(String kind, String namespace, String name) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      object.put("apiVersion", GROUP + "/v1").put("kind", kind);
      ObjectNode metadata = object.putObject("metadata").put("name", name);
      if (!namespace.isEmpty()) {
        metadata.put("namespace", namespace);
      }
      metadata.putObject("labels").put("kubernetes.io/bootstrapping", "rbac-defaults");
      metadata.putObject("annotations").put(AUTOUPDATE, "true");
      return object;
    }
  }
}
