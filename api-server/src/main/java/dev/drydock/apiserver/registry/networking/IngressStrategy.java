package dev.drydock.apiserver.registry.networking;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.IpText;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/// Ingresses.
public final class IngressStrategy implements ResourceStrategy {
  private static final Traits TRAITS = Traits.USUAL.counting();
  private static final String OLD_CLASS = "kubernetes.io/ingress.class";
  private static final List<String> PATH_TYPES =
      List.of("Exact", "ImplementationSpecific", "Prefix");
  private static final List<String> BAD_SEQUENCES = List.of("//", "/./", "/../", "%2f", "%2F");
  private static final List<String> BAD_ENDS = List.of("/..", "/.");

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public void validateCreate(ObjectNode ingress, Violations found) {
    Field root = Field.root(ingress);
    checkSpec(root.child("spec"), found);
    Field old = root.child("metadata", "annotations").child(OLD_CLASS);
    Field chosen = root.child("spec", "ingressClassName");
    if (old.isPresent() && !chosen.isPresent()) {
      found.warn(
          "annotation \""
              + OLD_CLASS
              + "\" is deprecated, please use 'spec.ingressClassName' instead");
    } else if (old.isPresent() && !old.text().equals(chosen.text())) {
      found.add(
          FieldError.invalid(
              "annotations." + OLD_CLASS,
              old.text(),
              "must match `ingressClassName` when both are specified"));
    }
  }

  private static void checkSpec(Field spec, Violations found) {
    if (spec.child("rules").isEmpty() && !spec.child("defaultBackend").isPresent()) {
      found.add(
          FieldError.invalid(
              spec.path(),
              Violations.shown(spec.child("rules").value()).equals("")
                  ? new Null()
                  : Violations.shown(spec.child("rules").value()),
              "either `defaultBackend` or `rules` must be specified"));
    }
    if (spec.child("defaultBackend").isPresent()) {
      checkBackend(spec.child("defaultBackend"), found);
    }
    for (Field rule : spec.child("rules").items()) {
      checkHost(rule.child("host"), found);
      if (rule.child("http").isPresent()) {
        found.present(rule.child("http", "paths"), "");
        rule.child("http", "paths").items().forEach(path -> checkPath(path, found));
      }
    }
    for (Field tls : spec.child("tls").items()) {
      for (Field host : tls.child("hosts").items()) {
        hostProblems(host.text()).forEach(problem -> found.invalid(host, problem));
      }
      if (!tls.child("secretName").isEmpty()) {
        found.conforms(tls.child("secretName"), Names::subdomain);
      }
    }
    if (spec.child("ingressClassName").isPresent()) {
      found.conforms(spec.child("ingressClassName"), Names::subdomain);
    }
  }

  private record Null() {
    @Override
    public String toString() {
      return "null";
    }
  }

  private static void checkHost(Field host, Violations found) {
    if (host.isEmpty()) {
      return;
    }
    if (IpText.family(host.text()) != null) {
      found.invalid(host, "must be a DNS name, not an IP address");
    }
    hostProblems(host.text()).forEach(problem -> found.invalid(host, problem));
  }

  private static List<String> hostProblems(String host) {
    return host.contains("*") ? Names.wildcardSubdomain(host) : Names.subdomain(host);
  }

  private static void checkPath(Field rule, Violations found) {
    Field type = rule.child("pathType");
    Field path = rule.child("path");
    if (type.isEmpty()) {
      found.required(type, "pathType must be specified");
      return;
    }
    switch (type.text()) {
      case "Exact", "Prefix" -> {
        if (!path.text().startsWith("/")) {
          found.invalid(path, "must be an absolute path");
        }
        BAD_SEQUENCES.stream()
            .filter(path.text()::contains)
            .forEach(bad -> found.invalid(path, "must not contain '" + bad + "'"));
        BAD_ENDS.stream()
            .filter(path.text()::endsWith)
            .forEach(bad -> found.invalid(path, "cannot end with '" + bad + "'"));
      }
      case "ImplementationSpecific" -> {
        if (!path.isEmpty() && !path.text().startsWith("/")) {
          found.invalid(path, "must be an absolute path");
        }
      }
      default -> found.notSupported(type, PATH_TYPES);
    }
    checkBackend(rule.child("backend"), found);
  }

  private static void checkBackend(Field backend, Violations found) {
    Field service = backend.child("service");
    Field resource = backend.child("resource");
    if (service.isPresent() && resource.isPresent()) {
      found.add(
          FieldError.invalid(backend.path(), "", "cannot set both resource and service backends"));
    } else if (resource.isPresent()) {
      checkResource(resource, found);
    } else if (service.isPresent()) {
      checkService(service, backend, found);
    } else {
      found.add(FieldError.invalid(backend.path(), "", "resource or service backend is required"));
    }
  }

  private static void checkResource(Field resource, Violations found) {
    if (resource.child("apiGroup").isPresent()) {
      found.conforms(resource.child("apiGroup"), Names::subdomain);
    }
    for (String field : List.of("kind", "name")) {
      if (found.present(resource.child(field), "")) {
        found.conforms(resource.child(field), Names::pathSegment);
      }
    }
  }

  private static void checkService(Field service, Field backend, Violations found) {
    if (found.present(service.child("name"), "")) {
      found.conforms(service.child("name"), Names::label);
    }
    Field name = service.child("port", "name");
    Field number = service.child("port", "number");
    if (!name.isEmpty() && number.number(0) != 0) {
      found.add(FieldError.invalid(backend.path(), "", "cannot set both port name & port number"));
    } else if (name.isEmpty() && number.number(0) == 0) {
      found.add(FieldError.required(backend.path(), "port name or number is required"));
    } else if (!name.isEmpty()) {
      found.conforms(name, Names::port);
    } else if (number.number(0) < 1 || number.number(0) > 65535) {
      found.invalid(number, "must be between 1 and 65535, inclusive");
    }
  }

  @Override
  public void validateUpdate(ObjectNode ingress, ObjectNode before, Violations found) {
    Field root = Field.root(ingress);
    if (!Objects.equals(ingress.get("spec"), before.get("spec"))) {
      checkSpec(root.child("spec"), found);
    }
    for (Field point : root.child("status", "loadBalancer").child("ingress").items()) {
      if (!point.child("ip").isEmpty()) {
        IpText.check(point.child("ip"), found);
      }
      if (!point.child("hostname").isEmpty()) {
        found.conforms(point.child("hostname"), Names::subdomain);
        if (IpText.family(point.child("hostname").text()) != null) {
          found.invalid(point.child("hostname"), "must be a DNS name, not an IP address");
        }
      }
    }
  }
}
