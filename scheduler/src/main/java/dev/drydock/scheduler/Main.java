package dev.drydock.scheduler;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.time.GoDuration;
import dev.drydock.client.cache.SharedInformers;
import dev.drydock.client.event.ApiEventRecorder;
import dev.drydock.client.event.EventRecorder;
import dev.drydock.client.event.EventSource;
import dev.drydock.client.health.HealthServer;
import dev.drydock.client.health.Metrics;
import dev.drydock.client.kubeconfig.Kubeconfig;
import dev.drydock.client.leader.LeaderElection;
import dev.drydock.client.lifecycle.CommonFlags;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.lifecycle.ComponentCommand;
import dev.drydock.client.lifecycle.ComponentGroup;
import dev.drydock.client.lifecycle.ComponentMain;
import dev.drydock.client.net.EventLoops;
import dev.drydock.client.resource.Api;
import dev.drydock.client.resource.Kinds;
import dev.drydock.client.rpc.ApiConnection;
import dev.drydock.client.rpc.GrpcApi;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// The process: flags, wiring, one screen.
@Command(
    description = "Decides which node each pod goes to.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class Main implements ComponentCommand {
  private static final String NAME = "kube-scheduler";

  /// Of the whole process: it takes its lease back at once when it has to begin anew.
  private final String identity = hostName() + "_" + UUID.randomUUID();

  @Mixin private CommonFlags common = new CommonFlags();

  @Option(
      names = "--bind-address",
      paramLabel = "ADDRESS",
      defaultValue = "0.0.0.0",
      description = "Where health and metrics are served (default: 0.0.0.0).")
  private String bindAddress = "0.0.0.0";

  @Option(
      names = "--secure-port",
      paramLabel = "PORT",
      defaultValue = "10259",
      description = "Port of health and metrics; 0: none (default: 10259).")
  private int securePort;

  @Option(
      names = "--leader-elect",
      arity = "0..1",
      paramLabel = "true|false",
      defaultValue = "true",
      fallbackValue = "true",
      description = "Work only while holding the lease (default: true).")
  private boolean leaderElect;

  @Option(
      names = "--leader-elect-resource-namespace",
      paramLabel = "NAMESPACE",
      defaultValue = "kube-system",
      description = "Namespace of the lease (default: kube-system).")
  private String leaseNamespace = "kube-system";

  @Option(
      names = "--leader-elect-resource-name",
      paramLabel = "NAME",
      defaultValue = NAME,
      description = "Name of the lease (default: kube-scheduler).")
  private String leaseName = NAME;

  @Option(
      names = "--leader-elect-lease-duration",
      paramLabel = "DURATION",
      defaultValue = "15s",
      converter = DurationConverter.class,
      description = "How long a lease holds (default: 15s).")
  private Duration leaseDuration = Duration.ofSeconds(15);

  @Option(
      names = "--leader-elect-renew-deadline",
      paramLabel = "DURATION",
      defaultValue = "10s",
      converter = DurationConverter.class,
      description = "How long to try to renew it (default: 10s).")
  private Duration renewDeadline = Duration.ofSeconds(10);

  @Option(
      names = "--leader-elect-retry-period",
      paramLabel = "DURATION",
      defaultValue = "2s",
      converter = DurationConverter.class,
      description = "How long to wait between tries (default: 2s).")
  private Duration retryPeriod = Duration.ofSeconds(2);

  public static void main(String[] arguments) {
    System.exit(ComponentMain.run(NAME, new Main(), arguments));
  }

  @Override
  public CommonFlags common() {
    return common;
  }

  @Override
  public Component build(Surroundings surroundings) {
    var loops = new EventLoops(1);
    ApiConnection connection = ApiConnection.to(Kubeconfig.read(common.kubeconfig()), NAME, loops);
    Api api = new GrpcApi(connection, NAME);
    var metrics = new Metrics();
    var recorder = new ApiEventRecorder(api, surroundings.clock(), surroundings.timers());
    var informers = new SharedInformers(api, surroundings.timers(), surroundings.random());
    SchedulerSettings settings = SchedulerSettings.DEFAULT;
    EventRecorder events = recorder.as(new EventSource(settings.schedulerName(), ""));
    var world =
        new Scheduler.World(
            api,
            surroundings.clock(),
            surroundings.timers(),
            surroundings.random(),
            events,
            surroundings.log(),
            metrics);
    var scheduler = new Scheduler(settings, world, informers);
    var parts = new ArrayList<Component>();
    parts.add(ComponentGroup.closing(loops::close));
    parts.add(connection);
    if (securePort != 0) {
      parts.add(
          HealthServer.standard(
              new InetSocketAddress(bindAddress, securePort),
              metrics,
              List.of(new HealthServer.Check("ping", () -> true)),
              List.of(new HealthServer.Check("informer-sync", informers::haveSynced))));
    }
    parts.add(recorder);
    parts.add(informers);
    parts.add(leaderElect ? elected(api, surroundings, events, scheduler) : scheduler);
    return new ComponentGroup(parts);
  }

  private LeaderElection elected(
      Api api, Surroundings surroundings, EventRecorder events, Component scheduler) {
    var settings =
        new LeaderElection.Settings(
            ObjectKey.of(leaseNamespace, leaseName),
            identity,
            leaseDuration,
            renewDeadline,
            retryPeriod);
    var clocks =
        new LeaderElection.Clocks(
            surroundings.clock(), surroundings.timers(), surroundings.random());
    return new LeaderElection(
        settings,
        api.resource(Kinds.LEASE),
        events,
        clocks,
        scheduler,
        () -> surroundings.fail().accept("leaderelection lost"));
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      return "localhost";
    }
  }

  static final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      try {
        return GoDuration.parse(value);
      } catch (IllegalArgumentException bad) {
        throw new TypeConversionException(bad.getMessage());
      }
    }
  }
}
