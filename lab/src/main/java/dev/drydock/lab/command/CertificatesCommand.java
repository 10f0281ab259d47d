package dev.drydock.lab.command;

import dev.drydock.lab.pki.Endpoints;
import dev.drydock.lab.pki.LabPki;
import dev.drydock.lab.pki.NodeIdentity;
import dev.drydock.lab.process.LabException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Makes the certificates and kubeconfigs of a lab whose processes somebody else starts (compose).
@Command(
    name = "certificates",
    mixinStandardHelpOptions = true,
    description = "Makes certificates and kubeconfigs for a lab that is started by other means.")
final class CertificatesCommand implements Callable<Integer> {
  @Mixin private final LabOptions options = new LabOptions();

  @Option(
      names = "--person-url",
      required = true,
      paramLabel = "URL",
      description = "Where kubectl finds the api-server.")
  private String personUrl = "";

  @Option(
      names = "--component-url",
      required = true,
      paramLabel = "URL",
      description = "Where components find the api-server's gRPC port.")
  private String componentUrl = "";

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "A name or address of the control plane; may be repeated.")
  private List<String> hosts = new ArrayList<>();

  @Option(
      names = "--node",
      paramLabel = "NAME=ADDRESS",
      description = "A node and its address; may be repeated.")
  private Map<String, String> nodes = new LinkedHashMap<>();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    List<NodeIdentity> identities =
        nodes.entrySet().stream()
            .map(node -> new NodeIdentity(node.getKey(), List.of(node.getKey(), node.getValue())))
            .toList();
    try {
      List<String> made =
          LabPki.in(options.home().root(), InstantSource.system())
              .ensure(identities, new Endpoints(personUrl, componentUrl, hosts));
      Objects.requireNonNull(spec)
          .commandLine()
          .getOut()
          .println(made.isEmpty() ? "Certificates kept." : made.size() + " files made.");
      return 0;
    } catch (IOException | GeneralSecurityException e) {
      throw new LabException(
          "can't make the certificates in " + options.home().root() + ": " + e.getMessage(), e);
    }
  }
}
