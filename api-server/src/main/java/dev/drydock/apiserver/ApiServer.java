package dev.drydock.apiserver;

import dev.drydock.apiserver.access.ObjectFollower;
import dev.drydock.apiserver.access.rbac.DefaultRoles;
import dev.drydock.apiserver.access.rbac.RoleReconciler;
import dev.drydock.apiserver.audit.AuditLog;
import dev.drydock.apiserver.definitions.DefinitionController;
import dev.drydock.apiserver.definitions.DefinitionWriter;
import dev.drydock.apiserver.definitions.Publication;
import dev.drydock.apiserver.fairness.FlowKeeper;
import dev.drydock.apiserver.filter.AuthoriseFilter;
import dev.drydock.apiserver.filter.DeadlineFilter;
import dev.drydock.apiserver.filter.Filter;
import dev.drydock.apiserver.filter.IdentifyFilter;
import dev.drydock.apiserver.filter.ImpersonateFilter;
import dev.drydock.apiserver.filter.InteractionFilter;
import dev.drydock.apiserver.filter.LedgerFilter;
import dev.drydock.apiserver.filter.Pipeline;
import dev.drydock.apiserver.ledger.Ledger;
import dev.drydock.apiserver.metrics.RequestMetrics;
import dev.drydock.apiserver.nodeproxy.Destinations;
import dev.drydock.apiserver.nodeproxy.KubeletLogs;
import dev.drydock.apiserver.nodeproxy.KubeletPages;
import dev.drydock.apiserver.nodeproxy.KubeletSessions;
import dev.drydock.apiserver.nodeproxy.KubeletTunnels;
import dev.drydock.apiserver.nodeproxy.NodeConnections;
import dev.drydock.apiserver.nodeproxy.PodPorts;
import dev.drydock.apiserver.nodeproxy.PodSockets;
import dev.drydock.apiserver.registry.Registry;
import dev.drydock.apiserver.registry.RegistrySettings;
import dev.drydock.apiserver.registry.Resources;
import dev.drydock.apiserver.registry.Sources;
import dev.drydock.apiserver.registry.bootstrap.Bootstrap;
import dev.drydock.apiserver.registry.bootstrap.ClusterAuthentication;
import dev.drydock.apiserver.registry.customresource.CustomResource;
import dev.drydock.apiserver.registry.customresource.CustomResources;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.rest.ConnectGate;
import dev.drydock.apiserver.rest.RestApi;
import dev.drydock.apiserver.rest.RestServer;
import dev.drydock.apiserver.rpc.RpcServer;
import dev.drydock.apiserver.served.LiveDiscovery;
import dev.drydock.apiserver.served.LiveTypes;
import dev.drydock.apiserver.served.ServedCustom;
import dev.drydock.apiserver.storage.ObjectReader;
import dev.drydock.apiserver.storage.StoreHealth;
import dev.drydock.apiserver.storage.cache.CacheSettings;
import dev.drydock.apiserver.storage.cache.CachedObjectStore;
import dev.drydock.apiserver.storage.etcd.EtcdObjectStore;
import dev.drydock.apiserver.table.Tables;
import dev.drydock.apiserver.tls.TlsMaterial;
import dev.drydock.apiserver.typecheck.PolicyStatusController;
import dev.drydock.client.health.Metrics;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.lifecycle.ComponentCommand.Surroundings;
import dev.drydock.client.lifecycle.ComponentGroup;
import dev.drydock.client.net.EventLoops;
import dev.drydock.client.time.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// The api-server, put together: etcd, cache, registry, filters, two ports.
public final class ApiServer implements Component {
  private final Component parts;

  public ApiServer(ApiServerSettings settings, Surroundings around) {
    var random = new SharedRandom(around.random().nextLong());
    Executor workers =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("request-", 0).factory());
    var loops = new EventLoops(Math.max(2, Runtime.getRuntime().availableProcessors()));

    var etcd =
        new EtcdObjectStore(
            settings.etcd(), loops, around.clock(), around.timers(), Ticker.system());
    Resources resources = Resources.builtIn();
    var store =
        new CachedObjectStore<StoredObject>(
            etcd, etcd, resources.decoder(), around.timers(), CacheSettings.defaults());
    DefaultRoles roles = DefaultRoles.load();
    var authorities = new ClientAuthorities(settings.identity(), around.timers());
    AccessControl access =
        AccessWiring.of(settings, store, roles, authorities, around, random::uuid);
    TlsMaterial shown = settings.serving().material().asking(authorities::all);
    var nodes = new NodeConnections(settings.outgoing().kubelets(), loops, workers);
    Registry registry =
        Registry.create(
            new RegistrySettings(
                resources,
                store,
                store,
                new Sources(around.clock(), around.timers(), random, random::uuid),
                cluster(settings, etcd),
                new RegistrySettings.Authority(
                    access.tokens(), access.authorizer(), access.issuer(), access.rbac()),
                new PodSockets(nodes)));

    var metrics = new Metrics();
    var ledger = new Ledger(Ledger.DEFAULT_ENTRIES, Ledger.DEFAULT_BYTES);
    var deadline =
        new DeadlineFilter(around.clock(), around.timers(), settings.limits().requestTimeout());
    AuditLog.Settings auditing = settings.limits().audit();
    AuditLog audit =
        auditing == null ? null : new AuditLog(auditing, around.clock(), around.timers());
    var fairness = FairnessWiring.of(settings.limits(), resources, store, metrics, around);
    var pipeline =
        new Pipeline(
            filters(
                around, access, new Records(metrics, ledger, audit), deadline, fairness.filter()));

    var types = new LiveTypes();
    var definitions = definitions(registry, types, store, around);
    var readiness = new Readiness(etcd, store, access, definitions, around);
    var reached = nodes(registry, nodes, access, random);
    var aggregation =
        AggregationWiring.of(
            new AggregationWiring.Basis(registry, store, types, definitions::isReady),
            reached,
            settings.outgoing().extensions(),
            around);
    var api =
        new RestApi(
            new RestApi.Backend(registry, types, reached, aggregation.extensions()),
            pipeline,
            new RestApi.Surroundings(
                readiness.checks(),
                new LiveDiscovery(types, aggregation.discovery(), serverAddress(settings)),
                new Tables(type -> types.custom(type).map(ServedCustom::columns)),
                documents(access),
                fairness.pages(),
                metrics::text),
            around.timers(),
            around.clock(),
            random);
    var rest =
        new RestServer(settings.serving().rest(), loops, shown, api, workers, around.clock());
    var rpc =
        new RpcServer(
            settings.serving().rpc(),
            shown,
            new RpcServer.Backend(
                aggregation.everything(),
                aggregation.types(),
                aggregation.types()::document,
                pipeline,
                ledger),
            new RpcServer.Means(loops, workers, around.clock(), random));
    metrics.gauge(
        "apiserver_registered_watchers",
        "Watches that are open.",
        Map.of(),
        () -> api.watchCount() + rpc.watchCount());

    var beginning =
        new Beginning(
            new SystemObjects(
                registry,
                new Bootstrap(registry, around.clock(), address(settings)),
                new RoleReconciler(registry, roles, around.clock()),
                new FlowKeeper(registry, around.clock()),
                new ClusterAuthentication(
                    registry,
                    around.clock(),
                    () -> AuthenticationData.of(settings.identity(), authorities))),
            settings,
            readiness,
            around);
    authorities.onChange(beginning::tellAuthorities);
    parts =
        ComponentGroup.of(
            ComponentGroup.closing(loops::close),
            ComponentGroup.closing(etcd::close),
            audit == null ? FairnessWiring.starting(() -> {}) : audit,
            store,
            access.followers(),
            authorities,
            definitions,
            fairness.followers(),
            nodes,
            rest,
            rpc,
            etcd.soleWriter(),
            policyStatus(registry, types, store, around),
            FairnessWiring.starting(deadline::start),
            new HeapKeeper(around.timers(), Runtime.getRuntime()::totalMemory, System::gc),
            aggregation.parts(),
            beginning,
            ComponentGroup.closing(readiness::stopping));
  }

  private static RegistrySettings.Cluster cluster(ApiServerSettings settings, StoreHealth etcd) {
    ApiServerSettings.Cluster cluster = settings.cluster();
    return new RegistrySettings.Cluster(
        cluster.services(),
        new ComponentProbes(
            settings.serving().advertised(), etcd, settings.etcd().endpoints().size()),
        cluster.admission(),
        cluster.eventLifetime(),
        cluster.deleteWorkers());
  }

  /// What is kept of requests.
  private record Records(Metrics metrics, Ledger ledger, @Nullable AuditLog audit) {}

  /// What is reached through kubelets.
  private static RestApi.Nodes nodes(
      Registry registry, NodeConnections nodes, AccessControl access, SharedRandom random) {
    var tunnels = new KubeletTunnels(registry, nodes);
    return new RestApi.Nodes(
        new KubeletLogs(registry, nodes),
        new KubeletSessions(registry, nodes),
        new PodPorts(registry, tunnels),
        new Destinations(registry, random),
        tunnels,
        new KubeletPages(registry, nodes),
        new ConnectGate(registry, access.authorizer()));
  }

  /// All filters, in the order in which a request meets them.
  private static List<Filter> filters(
      Surroundings around,
      AccessControl access,
      Records records,
      DeadlineFilter deadline,
      Filter fairness) {
    List<Filter> filters = new ArrayList<>();
    filters.add(new RequestMetrics(records.metrics(), around.clock()));
    filters.add(new InteractionFilter(around.log(), around.clock()));
    filters.add(new LedgerFilter(records.ledger(), around.clock()));
    AuditLog audit = records.audit();
    if (audit != null) {
      filters.add(audit);
    }
    filters.add(deadline);
    filters.add(new IdentifyFilter(access.authenticator(), access.everybody().anonymous()));
    if (audit != null) {
      filters.add(audit.begin());
    }
    filters.add(new ImpersonateFilter(access.authorizer()));
    filters.add(fairness);
    filters.add(new AuthoriseFilter(access.authorizer(), access.everybody().paths()));
    return filters;
  }

  private static Map<String, java.util.function.Supplier<String>> documents(AccessControl access) {
    return Map.of(
        "/.well-known/openid-configuration",
        () -> access.issuer().discovery(),
        "/openid/v1/jwks",
        () -> access.issuer().publicKeys());
  }

  private static Bootstrap.ServerAddress address(ApiServerSettings settings) {
    String range = settings.cluster().services().clusterIps();
    return new Bootstrap.ServerAddress(
        SystemObjects.firstAddress(range),
        range,
        settings.serving().advertised(),
        settings.serving().rest().getPort());
  }

  private static String serverAddress(ApiServerSettings settings) {
    ApiServerSettings.Serving serving = settings.serving();
    return serving.advertised() + ":" + serving.rest().getPort();
  }

  private static DefinitionController definitions(
      Registry registry, LiveTypes types, ObjectReader<StoredObject> reader, Surroundings around) {
    var publication =
        new Publication(
            new CustomResources(registry::conversion)::of,
            resources -> {
              registry.serve(resources);
              types.replace(resources.stream().flatMap(CustomResource::shown).toList());
            });
    return new DefinitionController(
        listener ->
            new ObjectFollower(reader, CustomResource.DEFINITIONS, around.timers(), listener),
        new DefinitionWriter(registry, around.clock()),
        publication,
        around.clock(),
        around.timers());
  }

  private static PolicyStatusController policyStatus(
      Registry registry, LiveTypes types, ObjectReader<StoredObject> reader, Surroundings around) {
    return new PolicyStatusController(
        listener ->
            new ObjectFollower(reader, PolicyStatusController.POLICIES, around.timers(), listener),
        new PolicyStatusController.Means(
            registry, types, registry::schema, around.clock(), around.timers()));
  }

  @Override
  public void start() {
    parts.start();
  }

  @Override
  public void close() {
    parts.close();
  }
}
