package dev.drydock.apiserver.registry.aggregation;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.Base64;
import tools.jackson.databind.node.ObjectNode;

/// APIServices: named by version and group.
public final class ApiServiceStrategy implements ResourceStrategy {
  private static final long HTTPS = 443;
  private static final Traits TRAITS = Traits.USUAL.named(Names::pathSegment);

  @Override
  public boolean changesBlindly() {
    return false;
  }

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    if (Trees.at(object, "spec", "service").isObject()) {
      Trees.putDefault(Trees.child(Trees.child(object, "spec"), "service"), "port", HTTPS);
    }
  }

  /// What this server serves itself is available from the first moment.
  @Override
  public void prepareForCreate(ObjectNode object) {
    if (!Trees.at(object, "spec", "service").isObject()) {
      Trees.list(Trees.child(object, "status"), "conditions")
          .addObject()
          .put("lastTransitionTime", Trees.text(object, "metadata", "creationTimestamp"))
          .put("message", "Local APIServices are always available")
          .put("reason", "Local")
          .put("status", "True")
          .put("type", "Available");
    }
  }

  @Override
  public void validateCreate(ObjectNode service, Violations found) {
    Field root = Field.root(service);
    Field spec = root.child("spec");
    String required = spec.child("version").text() + "." + spec.child("group").text();
    if (!root.child("metadata", "name").text().equals(required)) {
      found.invalid(
          root.child("metadata", "name"),
          "must be `spec.version+\".\"+spec.group`: \"" + required + "\"");
    }
    if (spec.child("group").isEmpty() && !spec.child("version").text().equals("v1")) {
      found.required(
          spec.child("group"), "only v1 may have an empty group and it better be legacy kube");
    }
    if (!spec.child("group").isEmpty()) {
      found.conforms(spec.child("group"), Names::subdomain);
    }
    found.conforms(spec.child("version"), Names::label1035);
    Field group = spec.child("groupPriorityMinimum");
    if (group.number(0) <= 0 || group.number(0) > 20_000) {
      found.invalid(group, "must be positive and less than 20000");
    }
    Field version = spec.child("versionPriority");
    if (version.number(0) <= 0 || version.number(0) > 1000) {
      found.invalid(version, "must be positive and less than 1000");
    }
    checkService(spec, found);
  }

  private static void checkService(Field spec, Violations found) {
    Field service = spec.child("service");
    Field bundle = spec.child("caBundle");
    Field insecure = spec.child("insecureSkipTLSVerify");
    if (!service.isPresent()) {
      if (!bundle.isEmpty()) {
        found.add(
            FieldError.invalid(
                bundle.path(),
                Base64.getMimeDecoder().decode(bundle.text()).length + " bytes",
                "local APIServices may not have a caBundle"));
      }
      if (insecure.isTrue()) {
        found.invalid(insecure, "local APIServices may not have insecureSkipTLSVerify");
      }
      return;
    }
    found.present(service.child("namespace"), "");
    found.present(service.child("name"), "");
    long port = service.child("port").number(HTTPS);
    if (port < 1 || port > 65535) {
      found.invalid(
          service.child("port"), "port is not valid: must be between 1 and 65535, inclusive");
    }
    if (insecure.isTrue() && !bundle.isEmpty()) {
      found.invalid(insecure, "may not be true if caBundle is present");
    }
  }
}
