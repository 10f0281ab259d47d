package dev.drydock.e2e.client;

import static dev.drydock.e2e.client.FabricRows.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonObject;
import com.google.gson.reflect.TypeToken;
import dev.drydock.e2e.cluster.TestLab;
import io.kubernetes.client.Exec;
import io.kubernetes.client.PodLogs;
import io.kubernetes.client.PortForward;
import io.kubernetes.client.ProtoClient;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.kubernetes.client.extended.leaderelection.LeaderElector;
import io.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.kubernetes.client.informer.ResourceEventHandler;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.AppsV1Api;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.apis.VersionApi;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import io.kubernetes.client.util.PatchUtils;
import io.kubernetes.client.util.Watch;
import io.kubernetes.client.util.Yaml;
import io.kubernetes.client.util.generic.GenericKubernetesApi;
import io.kubernetes.client.util.generic.dynamic.DynamicKubernetesApi;
import io.kubernetes.client.util.generic.dynamic.DynamicKubernetesObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What programs do that use the official Java client, among them bodies in protobuf.
///
/// Its model calls every field nullable, also those that a server always fills in.
@SuppressWarnings("NullAway")
interface OfficialRows {
  TestLab lab();

  /// A client as a program outside the cluster makes one.
  static ApiClient official(TestLab lab) throws IOException {
    try (Reader config = Files.newBufferedReader(lab.folder().resolve("kubeconfig"))) {
      return ClientBuilder.kubeconfig(KubeConfig.loadKubeConfig(config)).build();
    }
  }

  private static V1ConfigMap map(String name, Map<String, String> data) {
    return new V1ConfigMap()
        .apiVersion("v1")
        .kind("ConfigMap")
        .metadata(new V1ObjectMeta().name(name).namespace("default"))
        .data(new HashMap<>(data));
  }

  @Test
  default void officialWritesTypedObjects() throws Exception {
    ApiClient client = official(lab());
    var core = new CoreV1Api(client);
    assertThat(new VersionApi(client).getCode().execute().getGitVersion()).startsWith("v1.36");
    V1ConfigMap made =
        core.createNamespacedConfigMap("default", map("official", Map.of("v", "1"))).execute();
    assertThat(
            catchThrowableOfType(
                    ApiException.class,
                    () -> core.createNamespacedConfigMap("default", made).execute())
                .getCode())
        .as("a resource version on an object to be created")
        .isEqualTo(400);
    V1ConfigMap changed =
        core.replaceNamespacedConfigMap("official", "default", made.putDataItem("v", "2"))
            .execute();
    assertThat(changed.getData()).containsEntry("v", "2");
    assertThat(
            catchThrowableOfType(
                    ApiException.class,
                    () ->
                        core.replaceNamespacedConfigMap(
                                "official", "default", made.putDataItem("v", "stale"))
                            .execute())
                .getCode())
        .isEqualTo(409);
    assertThat(
            core.listNamespacedConfigMap("default")
                .fieldSelector("metadata.name=official")
                .execute()
                .getItems())
        .hasSize(1);
    assertThat(core.deleteNamespacedConfigMap("official", "default").execute().getStatus())
        .isEqualTo("Success");
    assertThat(
            catchThrowableOfType(
                    ApiException.class,
                    () -> core.readNamespacedConfigMap("official", "default").execute())
                .getCode())
        .isEqualTo(404);
  }

  @Test
  default void officialPatchesInEveryWay() throws Exception {
    ApiClient client = official(lab());
    var core = new CoreV1Api(client);
    V1Deployment deployment = Yaml.loadAs(Manifest.text("deployment.yaml"), V1Deployment.class);
    var apps = new AppsV1Api(client);
    deployment.getMetadata().setName("patched");
    apps.createNamespacedDeployment("default", deployment).execute();
    V1Deployment strategic =
        patched(
            apps,
            client,
            V1Patch.PATCH_FORMAT_STRATEGIC_MERGE_PATCH,
            "{\"spec\":{\"template\":{\"spec\":{\"containers\":"
                + "[{\"name\":\"main\",\"image\":\"nginx:1.28\"}]}}}}");
    assertThat(strategic.getSpec().getTemplate().getSpec().getContainers())
        .singleElement()
        .satisfies(c -> assertThat(c.getPorts()).hasSize(1))
        .satisfies(c -> assertThat(c.getImage()).isEqualTo("nginx:1.28"));
    assertThat(
            patched(
                    apps,
                    client,
                    V1Patch.PATCH_FORMAT_JSON_PATCH,
                    "[{\"op\":\"replace\",\"path\":\"/spec/replicas\",\"value\":0}]")
                .getSpec()
                .getReplicas())
        .isZero();
    assertThat(
            patched(
                    apps,
                    client,
                    V1Patch.PATCH_FORMAT_JSON_MERGE_PATCH,
                    "{\"spec\":{\"paused\":true}}")
                .getSpec()
                .getPaused())
        .isTrue();
    apps.deleteNamespacedDeployment("patched", "default").execute();

    V1ConfigMap applied =
        PatchUtils.patch(
            V1ConfigMap.class,
            () ->
                core.patchNamespacedConfigMap(
                        "official-apply",
                        "default",
                        new V1Patch(Yaml.dump(map("official-apply", Map.of("a", "1")))))
                    .fieldManager("official")
                    .force(true)
                    .buildCall(null),
            V1Patch.PATCH_FORMAT_APPLY_YAML,
            client);
    assertThat(applied.getData()).containsEntry("a", "1");
    assertThat(
            lab()
                .kubectl(
                    "get",
                    "configmap/official-apply",
                    "-o",
                    "jsonpath={.metadata.managedFields[*].manager}"))
        .as("this client leaves managed fields out of what it reads")
        .isEqualTo("official");
    core.deleteNamespacedConfigMap("official-apply", "default").execute();
  }

  private static V1Deployment patched(AppsV1Api apps, ApiClient client, String format, String patch)
      throws ApiException {
    return PatchUtils.patch(
        V1Deployment.class,
        () ->
            apps.patchNamespacedDeployment("patched", "default", new V1Patch(patch))
                .buildCall(null),
        format,
        client);
  }

  @Test
  default void officialUsesKindsItHasNoClassFor() throws Exception {
    var api = new DynamicKubernetesApi("", "v1", "configmaps", official(lab()));
    var made = new DynamicKubernetesObject();
    made.setApiVersion("v1");
    made.setKind("ConfigMap");
    made.setMetadata(map("dynamic", Map.of()).getMetadata());
    DynamicKubernetesObject read = api.create(made).throwsApiException().getObject();
    var data = new JsonObject();
    data.addProperty("v", "1");
    read.getRaw().add("data", data);
    assertThat(api.update(read).throwsApiException().getObject().getRaw().get("data"))
        .isEqualTo(data);
    assertThat(api.list("default").getObject().getItems())
        .anyMatch(d -> "dynamic".equals(d.getMetadata().getName()));
    assertThat(api.delete("default", "dynamic").isSuccess()).isTrue();
    assertThat(api.get("default", "nobody").getStatus().getReason()).isEqualTo("NotFound");
  }

  @Test
  default void officialWatchesAndInforms() throws Exception {
    ApiClient client = official(lab());
    client.setReadTimeout(0);
    var core = new CoreV1Api(client);
    core.createNamespace(new V1Namespace().metadata(new V1ObjectMeta().name("official"))).execute();
    var informed = new LinkedBlockingQueue<String>();
    var factory = new SharedInformerFactory(client);
    var maps =
        new GenericKubernetesApi<>(
            V1ConfigMap.class, V1ConfigMapList.class, "", "v1", "configmaps", client);
    var informer = factory.sharedIndexInformerFor(maps, V1ConfigMap.class, 1_000L, "official");
    informer.addEventHandler(new Heard(informed));
    factory.startAllRegisteredInformers();
    try (Watch<V1ConfigMap> watch =
        Watch.createWatch(
            client,
            core.listNamespacedConfigMap("official")
                .watch(true)
                .timeoutSeconds(60)
                .labelSelector("mine")
                .buildCall(null),
            new TypeToken<Watch.Response<V1ConfigMap>>() {}.getType())) {
      var map = map("m", Map.of());
      map.setMetadata(new V1ObjectMeta().name("m").namespace("official").putLabelsItem("mine", ""));
      V1ConfigMap made = maps.create(map).throwsApiException().getObject();
      assertThat(watch.next().type).isEqualTo("ADDED");
      assertThat(await(informed, "add m")).isTrue();
      assertThat(await(informed, "update m")).as("a resync, every second").isTrue();
      maps.update(made.putDataItem("v", "2")).throwsApiException();
      assertThat(watch.next().object.getData()).containsEntry("v", "2");
      maps.delete("official", "m").throwsApiException();
      assertThat(watch.next().type).isEqualTo("DELETED");
      assertThat(await(informed, "delete m")).isTrue();
    } finally {
      factory.stopAllRegisteredInformers();
    }
    core.deleteNamespace("official").execute();
  }

  @Test
  default void officialElectsOneLeader() throws Exception {
    ApiClient client = official(lab());
    var leaders = new LinkedBlockingQueue<String>();
    try (var first = elector(client, "first")) {
      Thread.ofVirtual().start(() -> first.run(() -> leaders.add("first"), () -> {}));
      assertThat(await(leaders, "first")).isTrue();
    }
    try (var second = elector(client, "second")) {
      Thread.ofVirtual().start(() -> second.run(() -> leaders.add("second"), () -> {}));
      assertThat(await(leaders, "second")).as("the lease ran out or was given back").isTrue();
    }
  }

  private static LeaderElector elector(ApiClient client, String who) {
    return new LeaderElector(
        new LeaderElectionConfig(
            new LeaseLock("default", "official-leader", who, client),
            Duration.ofSeconds(3),
            Duration.ofSeconds(2),
            Duration.ofMillis(500)));
  }

  @Test
  default void officialReadsLogsRunsCommandsAndForwardsPorts() throws Exception {
    ApiClient client = official(lab());
    client.setReadTimeout(0);
    try (var log = new PodLogs(client).streamNamespacedPodLog("default", "box", "box")) {
      assertThat(new String(log.readNBytes(20), StandardCharsets.UTF_8)).isNotBlank();
    }
    Process echo = new Exec(client).exec("default", "box", new String[] {"echo", "hello"}, false);
    var out = new ByteArrayOutputStream();
    echo.getInputStream().transferTo(out);
    assertThat(echo.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("hello\n");
    assertThat(echo.exitValue()).isZero();
    var forward = new PortForward(client).forward("default", "box", List.of(80));
    forward
        .getOutboundStream(80)
        .write("GET / HTTP/1.0\r\nHost: box\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    forward.getOutboundStream(80).flush();
    assertThat(new String(forward.getInputStream(80).readNBytes(15), StandardCharsets.UTF_8))
        .startsWith("HTTP/1.")
        .contains(" 200");
  }

  @Test
  default void officialSpeaksProtobuf() throws Exception {
    var proto = new ProtoClient(official(lab()));
    String maps = "/api/v1/namespaces/default/configmaps";
    ProtoClient.ObjectOrStatus<V1.ConfigMap> made =
        proto.create(
            V1.ConfigMap.newBuilder()
                .setMetadata(Meta.ObjectMeta.newBuilder().setName("proto").setNamespace("default"))
                .putData("v", "1")
                .build(),
            maps,
            "v1",
            "ConfigMap");
    assertThat(made.status).isNull();
    assertThat(made.object.getMetadata().getUid()).isNotBlank();
    ProtoClient.ObjectOrStatus<V1.ConfigMap> read =
        proto.get(V1.ConfigMap.newBuilder(), maps + "/proto");
    assertThat(read.object.getDataMap()).containsEntry("v", "1");
    ProtoClient.ObjectOrStatus<V1.ConfigMapList> all =
        proto.list(V1.ConfigMapList.newBuilder(), maps);
    assertThat(all.object.getItemsList()).anyMatch(m -> m.getMetadata().getName().equals("proto"));
    ProtoClient.ObjectOrStatus<V1.Pod> pod =
        proto.get(V1.Pod.newBuilder(), "/api/v1/namespaces/default/pods/box");
    assertThat(pod.object.getStatus().getPhase()).isEqualTo("Running");
    proto.delete(V1.ConfigMap.newBuilder(), maps + "/proto");
    assertThat(proto.get(V1.ConfigMap.newBuilder(), maps + "/proto").status.getCode())
        .isEqualTo(404);
  }

  /// Writes down what an informer says.
  record Heard(LinkedBlockingQueue<String> lines) implements ResourceEventHandler<V1ConfigMap> {
    @Override
    public void onAdd(V1ConfigMap map) {
      lines.add("add " + map.getMetadata().getName());
    }

    @Override
    public void onUpdate(V1ConfigMap before, V1ConfigMap after) {
      lines.add("update " + after.getMetadata().getName());
    }

    @Override
    public void onDelete(V1ConfigMap map, boolean unseen) {
      lines.add("delete " + map.getMetadata().getName());
    }
  }
}
