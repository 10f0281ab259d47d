package dev.drydock.apiserver.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.codec.YamlCodec;
import dev.drydock.api.meta.ResourceType;
import dev.drydock.apiserver.access.ObjectFollower;
import dev.drydock.apiserver.definitions.DefinitionController;
import dev.drydock.apiserver.definitions.DefinitionWriter;
import dev.drydock.apiserver.definitions.Publication;
import dev.drydock.apiserver.registry.customresource.CustomResource;
import dev.drydock.apiserver.registry.customresource.CustomResources;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.request.PatchBody;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.Written;
import dev.drydock.apiserver.served.LiveTypes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.ObjectNode;

/// Definitions that are carried out over a store in memory, and one of them at hand.
final class CronTabs implements AutoCloseable {
  static final String DEFINITIONS = "apiextensions.k8s.io/v1/customresourcedefinitions";
  static final String CRONTABS =
      """
      {metadata: {name: crontabs.stable.example.com}, spec: {group: stable.example.com,
       scope: Namespaced, names: {plural: crontabs, kind: CronTab, shortNames: [ct]},
       versions: [
        {name: v1, served: true, storage: true, subresources: {status: {},
          scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas}},
         schema: {openAPIV3Schema: {type: object, properties: {
          spec: {type: object, required: [cronSpec], properties: {
            cronSpec: {type: string, pattern: '^[0-9*]'},
            image: {type: string, default: busybox}, replicas: {type: integer, minimum: 0}}},
          status: {type: object, properties: {replicas: {type: integer}}}}}}},
        {name: v1beta1, served: true, storage: false, deprecated: true,
         schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}]}}
      """;

  final RegistryFixture fixture = new RegistryFixture();
  final LiveTypes types = new LiveTypes();
  private final SynchronousQueue<Integer> served = new SynchronousQueue<>();

  /// Whether a type was said to be established before any was served.
  final CompletableFuture<Boolean> saidBefore = new CompletableFuture<>();

  private final DefinitionController controller =
      new DefinitionController(
          listener ->
              new ObjectFollower(
                  fixture.cache, CustomResource.DEFINITIONS, fixture.clock, listener),
          new DefinitionWriter(fixture.registry, fixture.clock),
          new Publication(
              new CustomResources(fixture.registry::conversion)::of,
              resources -> {
                fixture.registry.serve(resources);
                types.replace(resources.stream().flatMap(CustomResource::shown).toList());
                saidBefore.complete(isAnyEstablished());
                try {
                  served.put(resources.size());
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }),
          fixture.clock,
          fixture.clock);

  CronTabs() {
    controller.start();
  }

  @Override
  public void close() {
    controller.close();
    fixture.close();
  }

  /// Waits until so many are served, and are said to be.
  void awaitServed(int count) throws InterruptedException {
    assertThat(served.poll(10, TimeUnit.SECONDS)).isEqualTo(count);
    while (count > 0 && !isAnyEstablished()) {
      Thread.onSpinWait();
    }
  }

  private boolean isAnyEstablished() {
    return fixture
        .registry
        .list(fixture.context, RegistryFixture.target(DEFINITIONS, "", ""), ReadOptions.NONE)
        .items()
        .stream()
        .flatMap(object -> Trees.objects(object.tree(), "status", "conditions").stream())
        .anyMatch(
            condition ->
                Trees.text(condition, "type").equals("Established")
                    && Trees.text(condition, "status").equals("True"));
  }

  static ObjectNode yaml(String text) {
    return YamlCodec.decode(text).tree();
  }

  void define(String definition) {
    fixture.registry.create(
        fixture.context,
        RegistryFixture.target(DEFINITIONS, "", ""),
        yaml(definition),
        RegistryFixture.STORED);
  }

  ResourceType type(String version) {
    return types.find("stable.example.com", version, "crontabs").orElseThrow();
  }

  /// @param loose without what it is
  Written create(String version, String loose) {
    ObjectNode body = yaml(loose);
    body.put("apiVersion", type(version).apiVersion()).put("kind", "CronTab");
    return send(version, body);
  }

  Written send(String version, ObjectNode body) {
    return fixture.registry.create(
        fixture.context,
        new Target(type(version), "default", "", ""),
        body,
        RegistryFixture.STORED);
  }

  ObjectNode get(String version, String name) {
    return fixture
        .registry
        .get(fixture.context, new Target(type(version), "default", name, ""), ReadOptions.NONE)
        .tree();
  }

  Written apply(String name, String loose) {
    ObjectNode intent = yaml(loose);
    intent.put("apiVersion", type("v1").apiVersion()).put("kind", "CronTab");
    return fixture.registry.patch(
        fixture.context,
        new Target(type("v1"), "default", name, ""),
        new PatchBody.Apply(intent, PatchBody.Conflicts.FAIL),
        RegistryFixture.STORED);
  }

  Written merge(String subresource, String name, String loose) {
    return fixture.registry.patch(
        fixture.context,
        new Target(type("v1"), "default", name, subresource),
        new PatchBody.Merge(yaml(loose)),
        RegistryFixture.STORED);
  }
}
