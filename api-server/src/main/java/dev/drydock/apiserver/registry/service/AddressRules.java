package dev.drydock.apiserver.registry.service;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.InnerForm;
import dev.drydock.apiserver.registry.strategy.IpText;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The addresses of a Service and their families, which belong together.
///
/// Source: `ValidateServiceClusterIPsRelatedFields` of `pkg/apis/core/validation`.
final class AddressRules {
  private static final List<String> FAMILIES = List.of("IPv4", "IPv6");
  private static final List<String> POLICIES =
      List.of("PreferDualStack", "RequireDualStack", "SingleStack");

  private AddressRules() {}

  static void check(Field spec, Violations found) {
    Field addresses = spec.child("clusterIPs");
    String single = spec.child("clusterIP").text();
    if (!single.isEmpty() && addresses.isEmpty()) {
      found.required(addresses, "");
    } else if (!addresses.isEmpty() && !addresses.items().getFirst().text().equals(single)) {
      found.invalid(
          addresses,
          single.isEmpty()
              ? "must be empty when `clusterIP` is not specified"
              : "first value must match `clusterIP`");
    }
    checkFamilies(spec.child("ipFamilies"), found);
    found.oneOf(spec.child("ipFamilyPolicy"), POLICIES);
    if (checkEach(addresses, found)) {
      checkTogether(spec, addresses, found);
    }
    checkCluster(spec, found);
  }

  private static void checkFamilies(Field families, Violations found) {
    var seen = new HashSet<String>();
    for (Field family : families.items()) {
      if (!FAMILIES.contains(family.text())) {
        found.notSupported(family, FAMILIES);
      }
      if (!seen.add(family.text())) {
        found.duplicate(family);
      }
    }
  }

  /// @return whether all are addresses
  private static boolean checkEach(Field addresses, Violations found) {
    boolean good = true;
    List<Field> all = addresses.items();
    for (int i = 0; i < all.size(); i++) {
      if (i == 0 && all.get(i).text().equals(ServiceStrategy.NONE)) {
        if (all.size() > 1) {
          good = false;
          found.invalid(addresses, "'None' must be the first and only value");
        }
        continue;
      }
      int before = found.count();
      IpText.check(all.get(i), found);
      good &= found.count() == before;
    }
    if (all.size() > 2) {
      found.invalid(addresses, "may only hold up to 2 values");
    }
    return good;
  }

  private static void checkTogether(Field spec, Field addresses, Violations found) {
    List<Field> all = addresses.items();
    List<String> families = Trees.texts(spec.value(), "ipFamilies");
    if (all.size() > 1
        && all.stream().map(one -> IpText.family(one.text())).distinct().count() < 2) {
      found.invalid(addresses, "may specify no more than one IP for each IP family");
    }
    if (ServiceRules.isHeadless(spec.value())) {
      return;
    }
    for (int i = 0; i < Math.min(all.size(), families.size()); i++) {
      IpText.Family family = IpText.family(all.get(i).text());
      if (family != null
          && FAMILIES.contains(families.get(i))
          && !family.word().equals(families.get(i))) {
        found.invalid(
            all.get(i),
            "expected an " + families.get(i) + " value as indicated by `ipFamilies[" + i + "]`");
      }
    }
  }

  /// The cluster has one family.
  private static void checkCluster(Field spec, Violations found) {
    boolean bare = ServiceRules.isHeadless(spec.value()) && spec.child("selector").isEmpty();
    if (bare) {
      return;
    }
    Field policy = spec.child("ipFamilyPolicy");
    if (policy.text().equals("RequireDualStack")) {
      found.invalid(policy, "this cluster is not configured for dual-stack services");
    }
    for (Field family : spec.child("ipFamilies").items()) {
      if (family.text().equals("IPv6")) {
        found.invalid(family, "not configured on this cluster");
      }
    }
    if (spec.child("ipFamilies").items().size() > 1 && policy.text().equals("SingleStack")) {
      found.invalid(
          policy,
          "must be RequireDualStack or PreferDualStack when multiple"
              + " `ipFamilies` are specified");
    }
  }

  /// Addresses and families stay, but for the second of each.
  static void checkChanged(Field spec, JsonNode old, Violations found) {
    String external = ServiceStrategy.EXTERNAL_NAME;
    if (spec.child("type").text().equals(external) || Trees.text(old, "type").equals(external)) {
      return;
    }
    boolean headless = ServiceRules.isHeadless(spec.value());
    boolean was = ServiceRules.isHeadless(old);
    if (!(headless && was)) {
      checkList("clusterIPs", "clusterIP", spec, old, found);
    }
    if (!headless && !was) {
      checkList("ipFamilies", "ipFamily", spec, old, found);
    }
  }

  private static void checkList(
      String list, String noun, Field spec, JsonNode old, Violations found) {
    List<String> now = Trees.texts(spec.value(), list);
    List<String> was = Trees.texts(old, list);
    InnerForm shown = InnerForm.plain(spec.child(list));
    if (now.isEmpty() && !was.isEmpty()) {
      found.add(
          FieldError.invalid(
              "spec." + list + "[0]", shown, "primary " + noun + " can not be unset"));
    } else if (now.size() == was.size()) {
      for (int i = 0; i < was.size(); i++) {
        if (!was.get(i).equals(now.get(i))) {
          int place = list.equals("clusterIPs") ? i : 0;
          found.add(
              FieldError.invalid(
                  "spec." + list + "[" + place + "]", shown, "may not change once set"));
        }
      }
    } else if (!was.isEmpty() && !now.getFirst().equals(was.getFirst())) {
      found.add(FieldError.invalid("spec." + list + "[0]", shown, "may not change once set"));
    }
    Field policy = spec.child("ipFamilyPolicy");
    if (was.size() > 1 && now.size() == 1 && !policy.text().equals("SingleStack")) {
      found.invalid(policy, "must be set to 'SingleStack' when releasing the secondary " + noun);
    }
  }
}
