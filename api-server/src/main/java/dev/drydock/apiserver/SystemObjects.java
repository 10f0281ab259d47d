package dev.drydock.apiserver;

import dev.drydock.api.meta.EmulatedVersion;
import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.request.ApiService;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.apiserver.request.ServedTypes;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.User;
import dev.drydock.apiserver.request.WriteOptions;
import dev.drydock.client.lifecycle.ComponentCommand.Surroundings;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Makes what every cluster has: the system namespaces, the default roles, the Service
/// `kubernetes`. What is there already stays as it is.
final class SystemObjects {
  private final ApiService service;
  private final ServedTypes types;
  private final ApiServerSettings settings;
  private final Surroundings around;

  SystemObjects(
      ApiService service, ServedTypes types, ApiServerSettings settings, Surroundings around) {
    this.service = service;
    this.types = types;
    this.settings = settings;
    this.around = around;
  }

  /// Blocks until all is there.
  ///
  /// @throws ApiException when something could not be written
  void ensure() {
    ClusterObjects objects = ClusterObjects.of(settings);
    objects.namespaces().forEach(one -> ensure("", "v1", "namespaces", "", one));
    ensure("", "v1", "services", "default", objects.service());
    ensure("", "v1", "endpoints", "default", objects.endpoints());
    ensure("discovery.k8s.io", "v1", "endpointslices", "default", objects.slice());
  }

  private void ensure(
      String group, String version, String resource, String namespace, ObjectNode object) {
    ResourceType type = types.find(group, version, resource).orElseThrow();
    String name = object.path("metadata").path("name").asString("");
    RequestContext context = context();
    try {
      service.get(context, new Target(type, namespace, name, ""), ReadOptions.NONE);
      return;
    } catch (ApiException failure) {
      if (!failure.isNotFound()) {
        throw failure;
      }
    }
    try {
      service.create(
          context,
          new Target(type, namespace, "", ""),
          object,
          new WriteOptions(
              WriteOptions.Persistence.STORED,
              "kube-apiserver",
              WriteOptions.FieldValidation.IGNORE));
    } catch (ApiException failure) {
      if (!failure.isAlreadyExists()) {
        throw failure;
      }
    }
  }

  private RequestContext context() {
    return new RequestContext(
        User.of("system:apiserver", List.of(User.MASTERS, User.AUTHENTICATED)),
        "kube-apiserver/" + EmulatedVersion.GIT_VERSION,
        List.of(),
        around.clock().instant(),
        _ -> {});
  }
}
