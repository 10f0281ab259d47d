package dev.drydock.apiserver.aggregation;

import dev.drydock.apiserver.discovery.Priority;
import dev.drydock.apiserver.registry.strategy.Trees;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One APIService, as much of it as requests need.
///
/// @param backend null: this server serves the group version itself
public record ApiServiceEntry(
    String name,
    String group,
    String version,
    Priority priority,
    @Nullable Backend backend,
    State state) {
  private static final int HTTPS = 443;

  /// Whether requests may be sent there.
  public enum State {
    AVAILABLE,
    UNAVAILABLE
  }

  /// The Service behind which the other server is.
  ///
  /// @param caBundle PEM; empty: the certificates of the system
  public record Backend(
      String namespace, String service, int port, String caBundle, Verification verification) {

    /// The name in the server's certificate.
    public String serverName() {
      return service + "." + namespace + ".svc";
    }
  }

  /// What is asked of the server's certificate.
  public enum Verification {
    FULL,
    NONE
  }

  static ApiServiceEntry of(ObjectNode service) {
    JsonNode spec = Trees.at(service, "spec");
    return new ApiServiceEntry(
        Trees.text(service, "metadata", "name"),
        Trees.text(spec, "group"),
        Trees.text(spec, "version"),
        new Priority(
            Math.toIntExact(Trees.number(spec, 0, "groupPriorityMinimum")),
            Math.toIntExact(Trees.number(spec, 0, "versionPriority"))),
        backend(spec),
        isAvailable(service) ? State.AVAILABLE : State.UNAVAILABLE);
  }

  private static @Nullable Backend backend(JsonNode spec) {
    JsonNode service = Trees.at(spec, "service");
    if (!service.isObject()) {
      return null;
    }
    byte[] bundle = Base64.getMimeDecoder().decode(Trees.text(spec, "caBundle"));
    return new Backend(
        Trees.text(service, "namespace"),
        Trees.text(service, "name"),
        Math.toIntExact(Trees.number(service, HTTPS, "port")),
        new String(bundle, StandardCharsets.US_ASCII),
        Trees.isTrue(spec, "insecureSkipTLSVerify") ? Verification.NONE : Verification.FULL);
  }

  private static boolean isAvailable(ObjectNode service) {
    List<ObjectNode> conditions = Trees.objects(service, "status", "conditions");
    return conditions.stream()
        .anyMatch(
            each ->
                Trees.text(each, "type").equals("Available")
                    && Trees.text(each, "status").equals("True"));
  }

  public boolean isAvailable() {
    return state == State.AVAILABLE;
  }

  /// Where its documents are: `/apis/GROUP/VERSION`.
  public String path() {
    return group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
  }
}
