package dev.drydock.operator;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.nio.file.Path;
import java.time.Duration;

/// Runs the operator until it is told to end: `Main KUBECONFIG IDENTITY`.
public final class Main {
  private Main() {}

  /// Starts the operator; it works once it is the leader.
  public static void main(String[] arguments) {
    String me = arguments[1];
    var client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(Path.of(arguments[0]).toFile()))
            .build();
    var operator =
        new Operator(
            settings ->
                settings
                    .withKubernetesClient(client)
                    .withLeaderElectionConfiguration(
                        LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration("shops")
                            .withLeaseNamespace("default")
                            .withIdentity(me)
                            .withLeaseDuration(Duration.ofSeconds(5))
                            .withRenewDeadline(Duration.ofSeconds(3))
                            .withRetryPeriod(Duration.ofMillis(500))
                            .build()));
    operator.register(new ShopReconciler(me));
    operator.installShutdownHook(Duration.ofSeconds(5));
    operator.start();
  }
}
