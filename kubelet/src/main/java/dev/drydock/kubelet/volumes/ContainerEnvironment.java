package dev.drydock.kubelet.volumes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.api.meta.ObjectKey;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The environment of a container: Services, `envFrom`, `env`, in this order.
public final class ContainerEnvironment {
  private final ReferencedObjects objects;

  public ContainerEnvironment(ReferencedObjects objects) {
    this.objects = objects;
  }

  /// @param services those whose variables the container gets
  /// @throws SetupFailure when something referred to is missing
  public Map<String, String> resolve(
      Container container, DownwardFields fields, Collection<Service> services)
      throws SetupFailure {
    Map<String, String> all = new LinkedHashMap<>();
    services.forEach(service -> all.putAll(variables(service)));
    String namespace = fields.pod().getMetadata().getNamespace();
    for (EnvFromSource source : container.getEnvFrom()) {
      String prefix = source.getPrefix() == null ? "" : source.getPrefix();
      group(source, namespace).forEach((name, value) -> all.put(prefix + name, value));
    }
    for (EnvVar variable : container.getEnv()) {
      Optional<String> value =
          variable.getValueFrom() == null
              ? Optional.of(
                  variable.getValue() == null ? "" : Expansion.expand(variable.getValue(), all))
              : from(variable.getValueFrom(), container, fields);
      value.ifPresent(text -> all.put(variable.getName(), text));
    }
    return all;
  }

  private Map<String, String> group(EnvFromSource source, String namespace) throws SetupFailure {
    if (source.getConfigMapRef() != null) {
      String name = source.getConfigMapRef().getName();
      return configMap(namespace, name, source.getConfigMapRef().getOptional())
          .map(ConfigMap::getData)
          .orElse(Map.of());
    }
    if (source.getSecretRef() != null) {
      String name = source.getSecretRef().getName();
      Map<String, String> all = new LinkedHashMap<>();
      secret(namespace, name, source.getSecretRef().getOptional())
          .map(Secret::getData)
          .orElse(Map.of())
          .forEach((key, value) -> all.put(key, decoded(value)));
      return all;
    }
    return Map.of();
  }

  private Optional<String> from(EnvVarSource source, Container container, DownwardFields fields)
      throws SetupFailure {
    String namespace = fields.pod().getMetadata().getNamespace();
    if (source.getFieldRef() != null) {
      return Optional.of(fields.field(source.getFieldRef().getFieldPath()));
    }
    if (source.getResourceFieldRef() != null) {
      return Optional.of(fields.resource(source.getResourceFieldRef(), container));
    }
    if (source.getConfigMapKeyRef() != null) {
      var ref = source.getConfigMapKeyRef();
      Optional<String> value =
          configMap(namespace, ref.getName(), ref.getOptional())
              .map(ConfigMap::getData)
              .map(data -> data.get(ref.getKey()));
      require(value, ref.getOptional(), ref.getKey(), "ConfigMap", namespace, ref.getName());
      return value;
    }
    if (source.getSecretKeyRef() != null) {
      var ref = source.getSecretKeyRef();
      Optional<String> value =
          secret(namespace, ref.getName(), ref.getOptional())
              .map(Secret::getData)
              .map(data -> data.get(ref.getKey()));
      require(value, ref.getOptional(), ref.getKey(), "Secret", namespace, ref.getName());
      return value.map(ContainerEnvironment::decoded);
    }
    return Optional.empty();
  }

  private static void require(
      Optional<String> value,
      Boolean optional,
      String key,
      String kind,
      String namespace,
      String name)
      throws SetupFailure {
    if (value.isEmpty() && !Boolean.TRUE.equals(optional)) {
      throw new SetupFailure(
          "couldn't find key " + key + " in " + kind + " " + namespace + "/" + name);
    }
  }

  private Optional<ConfigMap> configMap(String namespace, String name, Boolean optional)
      throws SetupFailure {
    Optional<ConfigMap> found = objects.configMap(ObjectKey.of(namespace, name));
    if (found.isEmpty() && !Boolean.TRUE.equals(optional)) {
      throw new SetupFailure("configmap \"" + name + "\" not found");
    }
    return found;
  }

  private Optional<Secret> secret(String namespace, String name, Boolean optional)
      throws SetupFailure {
    Optional<Secret> found = objects.secret(ObjectKey.of(namespace, name));
    if (found.isEmpty() && !Boolean.TRUE.equals(optional)) {
      throw new SetupFailure("secret \"" + name + "\" not found");
    }
    return found;
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), UTF_8);
  }

  /// The variables of one Service, as Docker links had them.
  static Map<String, String> variables(Service service) {
    Map<String, String> all = new LinkedHashMap<>();
    String ip = service.getSpec().getClusterIP();
    if (ip == null || ip.isEmpty() || ip.equals("None")) {
      return all;
    }
    String name = upper(service.getMetadata().getName());
    all.put(name + "_SERVICE_HOST", ip);
    boolean first = true;
    for (ServicePort port : service.getSpec().getPorts()) {
      String number = Integer.toString(port.getPort());
      String protocol = port.getProtocol() == null ? "TCP" : port.getProtocol();
      String url = protocol.toLowerCase(Locale.ROOT) + "://" + ip + ":" + number;
      if (first) {
        all.put(name + "_SERVICE_PORT", number);
        all.put(name + "_PORT", url);
        first = false;
      }
      if (port.getName() != null && !port.getName().isEmpty()) {
        all.put(name + "_SERVICE_PORT_" + upper(port.getName()), number);
      }
      String prefix = name + "_PORT_" + number + "_" + protocol;
      all.put(prefix, url);
      all.put(prefix + "_PROTO", protocol.toLowerCase(Locale.ROOT));
      all.put(prefix + "_PORT", number);
      all.put(prefix + "_ADDR", ip);
    }
    return all;
  }

  private static String upper(String name) {
    return name.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
