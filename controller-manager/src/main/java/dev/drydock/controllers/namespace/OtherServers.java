package dev.drydock.controllers.namespace;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.client.resource.Api;
import dev.drydock.client.resource.Kind;
import dev.drydock.client.resource.OtherVersion;
import dev.drydock.client.resource.OtherVersion.Freshness;
import dev.drydock.client.resource.Selection;
import io.fabric8.kubernetes.api.model.APIService;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The group versions that other servers serve: while one of them can't be asked, nobody knows
/// what it has in a namespace.
record OtherServers(Api api) {
  private static final ResourceType TYPE =
      BuiltInTypes.get().type("apiregistration.k8s.io/v1", "apiservices");

  /// Those that can't be asked, as `GROUP/VERSION`, sorted.
  List<String> silent() {
    var silent = new TreeSet<String>();
    api.resource(new Kind<>(TYPE, APIService.class)).list(Selection.ALL).items().stream()
        .filter(service -> service.getSpec().getService() != null)
        .filter(service -> !isAvailable(service))
        .map(service -> service.getSpec().getGroup() + "/" + service.getSpec().getVersion())
        .forEach(silent::add);
    api.elsewhere().stream()
        .filter(version -> version.freshness() == Freshness.STALE)
        .map(OtherVersion::groupVersion)
        .forEach(silent::add);
    return List.copyOf(silent);
  }

  private static boolean isAvailable(APIService service) {
    return service.getStatus() != null
        && service.getStatus().getConditions().stream()
            .anyMatch(
                each -> "Available".equals(each.getType()) && "True".equals(each.getStatus()));
  }

  /// What is said of them.
  static String message(List<String> silent) {
    return "Discovery failed for some groups, "
        + silent.size()
        + " failing: unable to retrieve the complete list of server APIs: "
        + silent.stream()
            .map(name -> name + ": stale GroupVersion discovery: " + name)
            .collect(Collectors.joining(", "));
  }
}
