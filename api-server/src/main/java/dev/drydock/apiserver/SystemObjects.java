package dev.drydock.apiserver;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.access.rbac.RoleReconciler;
import dev.drydock.apiserver.fairness.FlowKeeper;
import dev.drydock.apiserver.registry.Registry;
import dev.drydock.apiserver.registry.bootstrap.Bootstrap;
import dev.drydock.apiserver.registry.bootstrap.ClusterAuthentication;

/// Makes what every cluster has. What is there already stays as it is.
///
/// @param objects the system's namespaces and priority classes, the Service `kubernetes`
/// @param roles the default roles and bindings
/// @param flows the priority levels and flow schemas, which nobody waits for
/// @param authentication what extension api-servers are told
record SystemObjects(
    Registry registry,
    Bootstrap objects,
    RoleReconciler roles,
    FlowKeeper flows,
    ClusterAuthentication authentication) {

  /// Blocks until all is there.
  ///
  /// @throws ApiException when something could not be written
  void ensure() {
    objects.run();
    roles.run();
    registry.repairAllocations();
  }

  /// The first address of the range belongs to the Service `kubernetes`.
  static String firstAddress(String cidr) {
    String[] parts = cidr.substring(0, cidr.indexOf('/')).split("\\.", -1);
    long base = 0;
    for (String part : parts) {
      base = base << 8 | Integer.parseInt(part);
    }
    base++;
    return (base >> 24) + "." + (base >> 16 & 255) + "." + (base >> 8 & 255) + "." + (base & 255);
  }
}
