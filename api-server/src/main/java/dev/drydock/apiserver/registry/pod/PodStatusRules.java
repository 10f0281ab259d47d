package dev.drydock.apiserver.registry.pod;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.InnerForm;
import dev.drydock.apiserver.registry.strategy.IpText;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What may be written into the status of a pod.
///
/// Source: `ValidatePodStatusUpdate` of `pkg/apis/core/validation`.
final class PodStatusRules {
  private static final Set<String> SYSTEM_CONDITIONS =
      Set.of("PodScheduled", "Ready", "Initialized");
  private static final List<String> STATUSES =
      List.of("containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses");
  private static final String ONE_EACH = "may specify no more than one IP for each IP family";

  private PodStatusRules() {}

  static void check(ObjectNode pod, ObjectNode before, Violations found) {
    Field root = Field.root(pod);
    Field status = root.child("status");
    checkConditions(root, found);
    Field nominated = status.child("nominatedNodeName");
    if (!nominated.isEmpty()
        && Violations.differs(nominated, Trees.at(before, "status", "nominatedNodeName"))) {
      found.conforms(nominated, Names::subdomain);
    }
    found.unchanged(status.child("qosClass"), Trees.at(before, "status", "qosClass"));
    String policy = Trees.text(before, "spec", "restartPolicy");
    checkEnded(pod, before, "containerStatuses", policy, found);
    checkEnded(pod, before, "initContainerStatuses", policy, found);
    checkEnded(pod, before, "ephemeralContainerStatuses", "Never", found);
    checkClaims(root, found);
    checkAddresses(status.child("podIPs"), found);
    checkHosts(status, found);
    for (String list : STATUSES) {
      checkUsers(status.child(list), root.child("spec", "os").child("name").text(), found);
    }
  }

  private static void checkConditions(Field pod, Violations found) {
    int index = 0;
    for (Field condition : pod.child("status", "conditions").items()) {
      String type = condition.child("type").text();
      if (!SYSTEM_CONDITIONS.contains(type)) {
        for (String problem : Names.qualified(type)) {
          // The real path is this one.
          found.add(FieldError.invalid("metadata.conditions[" + index + "].Type", type, problem));
        }
      }
      index++;
    }
  }

  /// A container that has ended, and will not start again, stays ended.
  private static void checkEnded(
      ObjectNode pod, ObjectNode before, String list, String policy, Violations found) {
    if (policy.equals("Always")) {
      return;
    }
    List<ObjectNode> old = Trees.objects(before, "status", list);
    for (int i = 0; i < old.size(); i++) {
      ObjectNode was = old.get(i);
      JsonNode end = Trees.at(was, "state", "terminated");
      boolean again =
          (Trees.number(end, 0, "exitCode") != 0 && policy.equals("OnFailure"))
              || (!list.startsWith("ephemeral") && mayRestart(before, Trees.text(was, "name")));
      if (end.isMissingNode() || again) {
        continue;
      }
      for (ObjectNode now : Trees.objects(pod, "status", list)) {
        if (Trees.text(now, "name").equals(Trees.text(was, "name"))
            && !Trees.has(now, "state", "terminated")) {
          found.add(
              FieldError.forbidden(
                  "status." + list + "[" + i + "].state",
                  "may not be transitioned to non-terminated state"));
        }
      }
    }
  }

  /// Whether the container says of itself that it is started again: sidecars do, and those with
  /// rules of their own.
  private static boolean mayRestart(ObjectNode pod, String name) {
    for (String list : Resize.LISTS) {
      for (ObjectNode container : Trees.objects(pod, "spec", list)) {
        if (Trees.text(container, "name").equals(name)) {
          return !Trees.text(container, "restartPolicy").isEmpty()
              && (!Trees.text(container, "restartPolicy").equals("Never")
                  || Trees.isFilled(container, "restartPolicyRules"));
        }
      }
    }
    return false;
  }

  private static void checkClaims(Field pod, Violations found) {
    var known = new HashSet<String>();
    pod.child("spec", "resourceClaims")
        .items()
        .forEach(claim -> known.add(claim.child("name").text()));
    var seen = new HashSet<String>();
    for (Field status : pod.child("status", "resourceClaimStatuses").items()) {
      Field name = status.child("name");
      if (!known.contains(name.text())) {
        found.invalid(
            name, name.text(), "must match the name of an entry in `spec.resourceClaims`");
      }
      if (!seen.add(name.text())) {
        found.duplicate(name);
      }
      Field claim = status.child("resourceClaimName");
      if (claim.isPresent()) {
        Names.subdomain(claim.text())
            .forEach(problem -> found.invalid(name, claim.text(), problem));
      }
    }
  }

  private static void checkAddresses(Field addresses, Violations found) {
    for (Field address : addresses.items()) {
      IpText.check(address.child("ip"), address.path(), found);
    }
    checkFamilies(addresses, found);
    checkTwice(addresses, found);
  }

  private static void checkHosts(Field status, Violations found) {
    Field addresses = status.child("hostIPs");
    if (addresses.isEmpty()) {
      return;
    }
    Field first = addresses.items().getFirst().child("ip");
    if (!first.text().equals(status.child("hostIP").text())) {
      found.invalid(first, first.text(), "must be equal to `hostIP`");
    }
    for (Field address : addresses.items()) {
      IpText.check(address.child("ip"), address.path(), found);
    }
    checkTwice(addresses, found);
    checkFamilies(addresses, found);
  }

  private static void checkTwice(Field addresses, Violations found) {
    var seen = new HashSet<String>();
    for (Field address : addresses.items()) {
      if (!seen.add(address.child("ip").text())) {
        found.add(FieldError.duplicate(address.path(), InnerForm.of(address, "IP:\"\"")));
      }
    }
  }

  private static void checkFamilies(Field addresses, Violations found) {
    if (addresses.items().size() < 2) {
      return;
    }
    var families = new HashSet<IpText.Family>();
    for (Field address : addresses.items()) {
      IpText.Family family = IpText.family(address.child("ip").text());
      if (family != null) {
        families.add(family);
      }
    }
    if (families.size() != addresses.items().size()) {
      found.invalid(addresses, InnerForm.listOf(addresses, "IP:\"\""), ONE_EACH);
    }
  }

  private static void checkUsers(Field statuses, String system, Violations found) {
    for (Field status : statuses.items()) {
      Field user = status.child("user", "linux");
      // The real path leaves `user` out.
      Field place = status.child("linux");
      if (system.equals("windows") && user.isPresent()) {
        found.forbidden(place, "cannot be set for a windows pod");
      } else if (!system.equals("windows")) {
        for (String id : List.of("uid", "gid")) {
          SecurityRules.checkId(place.child(id).showing(user.child(id).value()), found);
        }
        place
            .child("supplementalGroups")
            .showing(user.child("supplementalGroups").value())
            .items()
            .forEach(group -> SecurityRules.checkId(group, found));
      }
    }
  }
}
