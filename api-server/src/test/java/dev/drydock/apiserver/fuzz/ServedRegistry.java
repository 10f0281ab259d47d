package dev.drydock.apiserver.fuzz;

import dev.drydock.api.codec.YamlCodec;
import dev.drydock.api.schema.Schemas;
import dev.drydock.apiserver.access.Authorizer;
import dev.drydock.apiserver.access.ObjectFollower;
import dev.drydock.apiserver.definitions.DefinitionController;
import dev.drydock.apiserver.definitions.DefinitionWriter;
import dev.drydock.apiserver.definitions.Publication;
import dev.drydock.apiserver.discovery.Definitions;
import dev.drydock.apiserver.discovery.DiscoveryDocuments;
import dev.drydock.apiserver.filter.AuthoriseFilter;
import dev.drydock.apiserver.filter.IdentifyFilter;
import dev.drydock.apiserver.filter.Pipeline;
import dev.drydock.apiserver.registry.RegistryFixture;
import dev.drydock.apiserver.registry.customresource.CustomResource;
import dev.drydock.apiserver.registry.customresource.CustomResources;
import dev.drydock.apiserver.request.User;
import dev.drydock.apiserver.rest.NoNodes;
import dev.drydock.apiserver.rest.RestApi;
import dev.drydock.apiserver.rest.RestServer;
import dev.drydock.apiserver.rest.TestPki;
import dev.drydock.apiserver.served.LiveTypes;
import dev.drydock.apiserver.table.Tables;
import dev.drydock.client.net.EventLoops;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// The whole api-server but etcd and nodes: HTTPS port, registry, store in memory, and one custom
/// kind, `gadgets.example.com`.
final class ServedRegistry implements AutoCloseable {
  private static final String GADGETS =
      """
      {metadata: {name: gadgets.example.com}, spec: {group: example.com, scope: Namespaced,
       names: {plural: gadgets, kind: Gadget},
       versions: [{name: v1, served: true, storage: true, subresources: {status: {},
         scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas}},
        schema: {openAPIV3Schema: {type: object, properties: {
         spec: {type: object, required: [color], x-kubernetes-validations: [
           {rule: 'self.replicas <= 10 || self.color == "red"', message: too many}],
          properties: {
           color: {type: string, pattern: '^[a-z]+$', maxLength: 20},
           replicas: {type: integer, minimum: 0, default: 1},
           ratio: {type: number}, size: {x-kubernetes-int-or-string: true},
           when: {type: string, format: date-time},
           parts: {type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [name],
            items: {type: object, required: [name],
             properties: {name: {type: string}, value: {type: string, nullable: true}}}},
           tags: {type: array, x-kubernetes-list-type: set, items: {type: string}},
           extra: {type: object, x-kubernetes-preserve-unknown-fields: true},
           more: {type: object, additionalProperties: {type: integer}}}},
         status: {type: object, properties: {replicas: {type: integer}}}}}}}]}}
      """;

  final RegistryFixture registry = new RegistryFixture();
  private final TestPki pki = new TestPki();
  private final LiveTypes types = new LiveTypes();
  private final CountDownLatch served = new CountDownLatch(1);
  private final DefinitionController definitions = definitions();
  private final EventLoops loops = new EventLoops(2);
  private final RestServer server = server();

  ServedRegistry() {
    definitions.start();
    registry.registry.create(
        registry.context,
        RegistryFixture.target("apiextensions.k8s.io/v1/customresourcedefinitions", "", ""),
        YamlCodec.decode(GADGETS).tree(),
        RegistryFixture.STORED);
    server.start();
    try {
      if (!served.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("gadgets are not served");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private DefinitionController definitions() {
    return new DefinitionController(
        listener ->
            new ObjectFollower(
                registry.cache, CustomResource.DEFINITIONS, registry.clock, listener),
        new DefinitionWriter(registry.registry, registry.clock),
        new Publication(
            new CustomResources(registry.registry::conversion)::of,
            resources -> {
              registry.registry.serve(resources);
              types.replace(resources.stream().flatMap(CustomResource::shown).toList());
              if (!resources.isEmpty()) {
                served.countDown();
              }
            }),
        registry.clock,
        registry.clock);
  }

  private RestServer server() {
    var pipeline =
        new Pipeline(
            List.of(
                new IdentifyFilter(
                    _ -> User.of("kubernetes-admin", List.of(User.MASTERS, User.AUTHENTICATED))),
                new AuthoriseFilter(_ -> new Authorizer.Verdict.Allow(""))));
    var api =
        new RestApi(
            new RestApi.Backend(
                registry.registry, types, NoNodes.nodes(registry.registry), NoNodes.extensions()),
            pipeline,
            new RestApi.Surroundings(
                List.of(),
                () ->
                    new DiscoveryDocuments(
                        types.state().all(),
                        new Definitions(Schemas.builtIn(), List.of()),
                        "localhost:1"),
                new Tables(_ -> Optional.empty()),
                Map.of(),
                Map.of(),
                () -> "up 1\n"),
            registry.clock,
            registry.clock,
            new Random(1));
    return new RestServer(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        loops,
        pki.material(),
        api,
        Executors.newVirtualThreadPerTaskExecutor(),
        registry.clock);
  }

  RawClient client() {
    return new RawClient(pki.clientContext("kubernetes-admin", "system:masters"), server.port());
  }

  @Override
  public void close() {
    server.close();
    loops.close();
    definitions.close();
    registry.close();
  }
}
