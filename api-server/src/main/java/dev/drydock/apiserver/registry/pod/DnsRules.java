package dev.drydock.apiserver.registry.pod;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.IpText;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import java.util.stream.Collectors;

/// How the containers of a pod find names.
final class DnsRules {
  private static final List<String> POLICIES =
      List.of("ClusterFirstWithHostNet", "ClusterFirst", "Default", "None");
  private static final int MOST_SERVERS = 3;
  private static final int MOST_SEARCHES = 32;
  private static final int LONGEST_SEARCH = 2048;

  private DnsRules() {}

  static void checkPolicy(Field policy, Violations found) {
    found.requiredOneOf(policy, POLICIES);
  }

  static void check(Field spec, Violations found) {
    Field config = spec.child("dnsConfig");
    Field servers = config.child("nameservers");
    if (spec.child("dnsPolicy").text().equals("None")) {
      if (!config.isPresent()) {
        found.required(config, "must provide `dnsConfig` when `dnsPolicy` is None");
        return;
      }
      if (servers.isEmpty()) {
        found.required(
            servers, "must provide at least one DNS nameserver when `dnsPolicy` is None");
        return;
      }
    }
    if (servers.items().size() > MOST_SERVERS) {
      found.invalid(servers, "must not have more than " + MOST_SERVERS + " nameservers");
    }
    servers.items().forEach(server -> IpText.check(server, found));
    checkSearches(config.child("searches"), found);
    for (Field option : config.child("options").items()) {
      if (option.child("name").isEmpty()) {
        found.required(option, "must not be empty");
      }
    }
  }

  private static void checkSearches(Field searches, Violations found) {
    if (searches.items().size() > MOST_SEARCHES) {
      found.invalid(searches, "must not have more than " + MOST_SEARCHES + " search paths");
    }
    String line = searches.items().stream().map(Field::text).collect(Collectors.joining(" "));
    if (line.length() > LONGEST_SEARCH) {
      found.invalid(
          searches,
          "must not have more than "
              + LONGEST_SEARCH
              + " characters (including spaces) in the search list");
    }
    for (Field search : searches.items()) {
      if (!search.text().equals(".")) {
        String bare = search.text().replaceFirst("\\.$", "");
        Names.searchDomain(bare).forEach(problem -> found.invalid(search, bare, problem));
      }
    }
  }
}
