package dev.drydock.controllers;

import dev.drydock.client.cache.SharedInformers;
import dev.drydock.client.control.Controller;
import dev.drydock.client.event.ApiEventRecorder;
import dev.drydock.client.event.EventRecorder;
import dev.drydock.client.event.EventSource;
import dev.drydock.client.health.HealthServer;
import dev.drydock.client.health.HealthServer.Check;
import dev.drydock.client.health.Metrics;
import dev.drydock.client.kubeconfig.Kubeconfig;
import dev.drydock.client.leader.LeaderElection;
import dev.drydock.client.lifecycle.CommonFlags;
import dev.drydock.client.lifecycle.CommonFlags.BadFlagException;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.lifecycle.ComponentCommand;
import dev.drydock.client.lifecycle.ComponentGroup;
import dev.drydock.client.lifecycle.ComponentMain;
import dev.drydock.client.net.EventLoops;
import dev.drydock.client.resource.Api;
import dev.drydock.client.resource.Kinds;
import dev.drydock.client.rpc.ApiConnection;
import dev.drydock.client.rpc.GrpcApi;
import dev.drydock.controllers.context.ControllerContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The process `kube-controller-manager`.
@Command(
    name = "kube-controller-manager",
    description = "Runs the control loops that make the cluster what its objects ask for.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
public final class Main implements ComponentCommand {
  private static final String NAME = "kube-controller-manager";

  /// Of the whole process: it takes its lease back at once when it has to begin anew.
  private final String identity = hostname() + "_" + UUID.randomUUID();

  @Mixin private final CommonFlags common = new CommonFlags();
  @Mixin private final LeaderFlags leader = new LeaderFlags();
  @Mixin private final SyncFlags syncs = new SyncFlags();
  @Mixin private final NodeFlags nodes = new NodeFlags();
  @Mixin private final SigningFlags signing = new SigningFlags();

  @Option(names = "--bind-address", defaultValue = "127.0.0.1")
  private String bindAddress = "127.0.0.1";

  @Option(names = "--secure-port", defaultValue = "10257")
  private int port = 10257;

  @Option(
      names = "--controllers",
      split = ",",
      defaultValue = "*",
      description =
          "Which controllers to run: '*' all that are on by default, 'foo' that"
              + " one, '-foo' not that one.")
  private List<String> controllers = List.of("*");

  @Option(
      names = "--root-ca-file",
      paramLabel = "FILE",
      description = "Certificates that pods get to know the api-server by.")
  private @Nullable Path rootCaFile;

  private Main() {}

  /// Runs until SIGTERM, or until the lease is lost.
  public static void main(String[] arguments) {
    System.exit(ComponentMain.run(NAME, new Main(), arguments));
  }

  @Override
  public CommonFlags common() {
    return common;
  }

  @Override
  public Component build(Surroundings surroundings) {
    List<Controllers.Entry> chosen =
        Controllers.chosen(Controllers.all(syncs, nodes, signing, rootCa()), controllers);
    var loops = new EventLoops(1);
    Component closing = ComponentGroup.closing(loops::close);
    var connection = ApiConnection.to(Kubeconfig.read(common.kubeconfig()), NAME, loops);
    var api = new GrpcApi(connection, NAME);
    var recorder = new ApiEventRecorder(api, surroundings.clock(), surroundings.timers());
    var informers = new SharedInformers(api, surroundings.timers(), surroundings.random());
    var context =
        new ControllerContext(
            api,
            informers,
            new Controller.Environment(
                surroundings.clock(), surroundings.timers(), surroundings.log()),
            source -> recorder.as(new EventSource(source, "")));
    Component work = work(context, chosen);
    if (!leader.elect) {
      return ComponentGroup.of(closing, connection, recorder, health(informers::haveSynced), work);
    }
    LeaderElection election =
        elected(work, api, recorder.as(new EventSource(NAME, "")), surroundings);
    BooleanSupplier ready = () -> !election.isLeading() || informers.haveSynced();
    return ComponentGroup.of(closing, connection, recorder, health(ready), election);
  }

  private static Component work(ControllerContext context, List<Controllers.Entry> chosen) {
    List<Component> parts = new ArrayList<>();
    chosen.forEach(entry -> parts.add(entry.build().apply(context)));
    parts.addFirst(context.informers());
    return new ComponentGroup(parts);
  }

  private LeaderElection elected(
      Component work, Api api, EventRecorder events, Surroundings surroundings) {
    return new LeaderElection(
        leader.settings(identity),
        api.resource(Kinds.LEASE),
        events,
        new LeaderElection.Clocks(
            surroundings.clock(), surroundings.timers(), surroundings.random()),
        work,
        () -> surroundings.fail().accept("leaderelection lost"));
  }

  /// A standby is ready too: its caches are empty until it leads.
  private HealthServer health(BooleanSupplier ready) {
    return HealthServer.standard(
        new InetSocketAddress(bindAddress, port),
        new Metrics(),
        List.of(new Check("ping", () -> true)),
        List.of(new Check("informer-sync", ready)));
  }

  private String rootCa() {
    if (rootCaFile == null) {
      return "";
    }
    try {
      return Files.readString(rootCaFile);
    } catch (IOException e) {
      throw new BadFlagException("--root-ca-file: cannot read " + rootCaFile);
    }
  }

  private static String hostname() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      return "localhost";
    }
  }
}
