package dev.drydock.apiserver.access.node;

import dev.drydock.api.selector.FieldSelector;
import dev.drydock.apiserver.access.AccessAttributes;
import dev.drydock.apiserver.access.Authorizer;
import dev.drydock.apiserver.access.rbac.PolicyRule;
import dev.drydock.apiserver.request.User;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Decides for kubelets (`system:node:NAME` in `system:nodes`); has no opinion on others.
public final class NodeAuthorizer implements Authorizer {
  private static final String USER_PREFIX = "system:node:";
  private static final String NODES = "system:nodes";
  private static final Set<String> READ = Set.of("get", "list", "watch");
  private static final Verdict NONE = new Verdict.NoOpinion("");
  private static final Verdict ALLOWED = new Verdict.Allow("");

  private final NodeGraph graph;
  private final List<PolicyRule> rules;

  /// @param rules what every node may do, as in the ClusterRole `system:node`
  public NodeAuthorizer(NodeGraph graph, List<PolicyRule> rules) {
    this.graph = graph;
    this.rules = List.copyOf(rules);
  }

  /// The node a user speaks for.
  public static Optional<String> nodeOf(User user) {
    return user.name().startsWith(USER_PREFIX) && user.groups().contains(NODES)
        ? Optional.of(user.name().substring(USER_PREFIX.length()))
        : Optional.empty();
  }

  @Override
  public Verdict authorize(AccessAttributes attributes) {
    Optional<String> node = nodeOf(attributes.user());
    if (node.isEmpty()) {
      return NONE;
    }
    return switch (attributes) {
      case AccessAttributes.Path path -> byRules(path);
      case AccessAttributes.Resource wanted -> decide(node.get(), wanted, FieldSelector.EVERYTHING);
      case AccessAttributes.Selected(AccessAttributes.Resource wanted, var fields, _) ->
          decide(node.get(), wanted, fields);
    };
  }

  @Override
  public String unlisted(User user) {
    return nodeOf(user).isPresent() ? "node authorizer does not support user rule resolution" : "";
  }

  private Verdict decide(String node, AccessAttributes.Resource wanted, FieldSelector fields) {
    return switch (wanted.group() + "/" + wanted.resource()) {
      case "/secrets", "/configmaps" -> readNamespaced(node, wanted);
      case "/persistentvolumeclaims" ->
          wanted.subresource().equals("status")
              ? updateStatus(node, wanted)
              : related(node, wanted, Set.of("get"));
      case "/persistentvolumes",
          "storage.k8s.io/volumeattachments",
          "resource.k8s.io/resourceclaims" ->
          related(node, wanted, Set.of("get"));
      case "/serviceaccounts" -> token(node, wanted);
      case "/nodes" -> node(node, wanted);
      case "/pods" -> pod(node, wanted, fields);
      case "resource.k8s.io/resourceslices" -> slice(node, wanted, fields);
      case "certificates.k8s.io/podcertificaterequests" -> ofNode(node, wanted, fields);
      case "coordination.k8s.io/leases" ->
          own(
              node,
              wanted,
              Set.of("get", "create", "update", "patch", "delete"),
              "kube-node-lease");
      case "storage.k8s.io/csinodes" ->
          own(node, wanted, Set.of("get", "create", "update", "patch", "delete"), "");
      default -> byRules(wanted);
    };
  }

  private Verdict byRules(AccessAttributes attributes) {
    for (PolicyRule rule : rules) {
      if (rule.allows(attributes)) {
        return ALLOWED;
      }
    }
    return NONE;
  }

  private Verdict readNamespaced(String node, AccessAttributes.Resource wanted) {
    if (!READ.contains(wanted.verb())) {
      return new Verdict.NoOpinion("can only read resources of this type");
    }
    if (!wanted.subresource().isEmpty()) {
      return new Verdict.NoOpinion("cannot read subresource");
    }
    if (wanted.namespace().isEmpty()) {
      return new Verdict.NoOpinion("can only read namespaced object of this type");
    }
    return relationship(node, wanted);
  }

  private Verdict related(String node, AccessAttributes.Resource wanted, Set<String> verbs) {
    if (!verbs.contains(wanted.verb())) {
      return new Verdict.NoOpinion("can only get individual resources of this type");
    }
    if (!wanted.subresource().isEmpty()) {
      return new Verdict.NoOpinion("cannot get subresource");
    }
    return relationship(node, wanted);
  }

  private Verdict updateStatus(String node, AccessAttributes.Resource wanted) {
    return Set.of("get", "update", "patch").contains(wanted.verb())
        ? relationship(node, wanted)
        : new Verdict.NoOpinion("can only get/update/patch this type");
  }

  private Verdict token(String node, AccessAttributes.Resource wanted) {
    boolean read = wanted.verb().equals("get") && wanted.subresource().isEmpty();
    boolean create = wanted.verb().equals("create") && wanted.subresource().equals("token");
    return read || create
        ? relationship(node, wanted)
        : new Verdict.NoOpinion("can only create tokens for individual service accounts");
  }

  private Verdict relationship(String node, AccessAttributes.Resource wanted) {
    if (wanted.name().isEmpty()) {
      return new Verdict.NoOpinion("No Object name found");
    }
    return graph.isRelated(node, wanted.resource(), wanted.namespace(), wanted.name())
        ? ALLOWED
        : new Verdict.NoOpinion(
            "no relationship found between node '" + node + "' and this object");
  }

  /// Its own node, and reading the list (whose content admission and selectors narrow).
  private Verdict node(String node, AccessAttributes.Resource wanted) {
    boolean own = wanted.name().equals(node);
    boolean unnamed = wanted.name().isEmpty();
    return switch (wanted.verb()) {
      case "get" ->
          own
              ? byRules(wanted)
              : new Verdict.NoOpinion(
                  "node '"
                      + node
                      + "' cannot read '"
                      + wanted.name()
                      + "', only its own Node object");
      case "update", "patch", "delete" ->
          own
              ? byRules(wanted)
              : new Verdict.NoOpinion(
                  "node '"
                      + node
                      + "' cannot modify '"
                      + wanted.name()
                      + "', only its own Node object");
      case "create", "list", "watch" -> unnamed || own ? byRules(wanted) : NONE;
      default -> byRules(wanted);
    };
  }

  private Verdict pod(String node, AccessAttributes.Resource wanted, FieldSelector fields) {
    return switch (wanted.subresource()) {
      case "" ->
          switch (wanted.verb()) {
            case "get" -> relationship(node, wanted);
            case "list", "watch" ->
                isOfNode(node, fields)
                    ? ALLOWED
                    : new Verdict.NoOpinion(
                        "can only list/watch pods with spec.nodeName field selector");
            case "create", "delete" -> ALLOWED;
            default -> NONE;
          };
      case "status" -> Set.of("update", "patch").contains(wanted.verb()) ? ALLOWED : NONE;
      case "eviction" -> wanted.verb().equals("create") ? ALLOWED : NONE;
      default -> byRules(wanted);
    };
  }

  private static boolean isOfNode(String node, FieldSelector fields) {
    return fields.requiredValue("spec.nodeName").filter(node::equals).isPresent();
  }

  private Verdict slice(String node, AccessAttributes.Resource wanted, FieldSelector fields) {
    if (!wanted.subresource().isEmpty()) {
      return new Verdict.NoOpinion("cannot authorize ResourceSlice subresources");
    }
    return switch (wanted.verb()) {
      // Admission looks at what is in it.
      case "create" -> ALLOWED;
      case "get", "update", "patch", "delete" -> relationship(node, wanted);
      case "list", "watch", "deletecollection" ->
          isOfNode(node, fields)
              ? ALLOWED
              : new Verdict.NoOpinion(
                  "can only list/watch/deletecollection resourceslices with nodeName field"
                      + " selector");
      default ->
          new Verdict.NoOpinion(
              "only the following verbs are allowed for a ResourceSlice: get,"
                  + " watch, list, create, update, patch, delete, deletecollection");
    };
  }

  private Verdict ofNode(String node, AccessAttributes.Resource wanted, FieldSelector fields) {
    boolean many = Set.of("list", "watch").contains(wanted.verb());
    return !many || isOfNode(node, fields)
        ? byRules(wanted)
        : new Verdict.NoOpinion(
            "can only list/watch podcertificaterequests with nodeName field selector");
  }

  private Verdict own(
      String node, AccessAttributes.Resource wanted, Set<String> verbs, String namespace) {
    if (!verbs.contains(wanted.verb())) {
      return new Verdict.NoOpinion(
          "can only get, create, update, patch, or delete " + article(wanted.resource()));
    }
    if (!wanted.namespace().equals(namespace)) {
      return new Verdict.NoOpinion("can only access leases in the \"" + namespace + "\" namespace");
    }
    boolean unnamedCreate = wanted.verb().equals("create") && wanted.name().isEmpty();
    return unnamedCreate || wanted.name().equals(node)
        ? ALLOWED
        : new Verdict.NoOpinion(
            "can only access "
                + (wanted.resource().equals("leases") ? "node lease" : "CSINode")
                + " with the same name as the requesting node");
  }

  private static String article(String resource) {
    return resource.equals("leases") ? "a node lease" : "a CSINode";
  }
}
