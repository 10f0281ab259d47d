package dev.drydock.apiserver.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.codec.TreeCodec;
import dev.drydock.api.codec.YamlCodec;
import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Scope;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.schema.TypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class TablesTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:10:00Z");
  private final Tables tables = new Tables(_ -> Optional.empty());

  private ObjectNode table(String apiVersion, String resource, String yaml) {
    ObjectNode object = YamlCodec.decode(yaml).tree();
    ObjectNode metadata = object.withObject("/metadata");
    metadata.put("name", "x");
    if (!metadata.has("creationTimestamp")) {
      metadata.put("creationTimestamp", "2026-01-01T00:00:00Z");
    }
    return tables.table(
        BuiltInTypes.get().type(apiVersion, resource),
        List.of(object),
        JsonNodeFactory.instance.objectNode(),
        Tables.Header.PRESENT,
        Tables.IncludeObject.NONE,
        NOW);
  }

  private String cells(String apiVersion, String resource, String yaml) {
    return table(apiVersion, resource, yaml)
        .at("/rows/0/cells")
        .valueStream()
        .map(JsonNode::asString)
        .collect(Collectors.joining("|"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "a pending pod;0/1|Pending|0;{spec: {containers: [{}]}, status: {phase: Pending}}",
        "a running pod;1/1|Running|0;{spec: {containers: [{}]}, status: {phase: Running,"
            + " containerStatuses: [{ready: true, restartCount: 0, state: {running: {}}}]}}",
        "a crash loop;0/1|CrashLoopBackOff|2 (5s ago);{spec: {containers: [{}]}, status: {phase:"
            + " Running, containerStatuses: [{ready: false, restartCount: 2, state: {waiting:"
            + " {reason: CrashLoopBackOff}}, lastState: {terminated: {finishedAt:"
            + " '2026-01-01T00:09:55Z'}}}]}}",
        "an exit without a reason;0/1|ExitCode:3|0;{spec: {containers: [{}]}, status: {phase:"
            + " Failed, containerStatuses: [{state: {terminated: {exitCode: 3}}}]}}",
        "one of two completed;1/2|NotReady|0;{spec: {containers: [{}, {}]}, status: {phase:"
            + " Running, containerStatuses: [{state: {terminated: {exitCode: 0, reason:"
            + " Completed}}}, {ready: true, state: {running: {}}}]}}",
        "the first of two init containers;0/1|Init:0/2|0;{spec: {initContainers: [{name: a},"
            + " {name: b}], containers: [{}]}, status: {phase: Pending, initContainerStatuses:"
            + " [{name: a, state: {running: {}}}, {name: b, state: {waiting: {reason:"
            + " PodInitializing}}}]}}",
        "a failing init container;0/1|Init:CrashLoopBackOff|4 (1m ago);{spec: {initContainers:"
            + " [{name: a}], containers: [{}]}, status: {phase: Pending, initContainerStatuses:"
            + " [{name: a, restartCount: 4, state: {waiting: {reason: CrashLoopBackOff}},"
            + " lastState: {terminated: {finishedAt: '2026-01-01T00:08:50Z'}}}]}}",
        "a failed init container;0/1|Init:Error|0;{spec: {initContainers: [{name: a}], containers:"
            + " [{}]}, status: {phase: Pending, initContainerStatuses: [{name: a, state:"
            + " {terminated: {exitCode: 1, reason: Error}}}]}}",
        "a sidecar counts;2/2|Running|1;{spec: {initContainers: [{name: s, restartPolicy:"
            + " Always}], containers: [{}]}, status: {phase: Running, initContainerStatuses:"
            + " [{name: s, ready: true, started: true, restartCount: 1, state: {running: {}}}],"
            + " containerStatuses: [{ready: true, state: {running: {}}}]}}",
        "a pod that goes;1/1|Terminating|0;{metadata: {deletionTimestamp: '2026-01-01T00:09:00Z'},"
            + " spec: {containers: [{}]}, status: {phase: Running, containerStatuses: [{ready:"
            + " true, state: {running: {}}}]}}",
        "an evicted pod;0/1|Evicted|0;{spec: {containers: [{}]}, status: {phase: Failed, reason:"
            + " Evicted}}",
        "a gated pod;0/1|SchedulingGated|0;{spec: {containers: [{}]}, status: {phase: Pending,"
            + " conditions: [{type: PodScheduled, status: 'False', reason: SchedulingGated}]}}",
      })
  void podsShowWhatTheirContainersDo(String name, String expected, String yaml) {
    String[] cells = cells("v1", "pods", yaml).split("\\|", -1);
    assertThat(String.join("|", List.of(cells).subList(1, 4)))
        .isEqualTo(expected.replace("(1m ago)", "(70s ago)"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "apps/v1;deployments;x|1/3|2|1|10m|c|nginx|app=web;{spec: {replicas: 3, selector:"
            + " {matchLabels: {app: web}}, template: {spec: {containers: [{name: c, image:"
            + " nginx}]}}}, status: {readyReplicas: 1, updatedReplicas: 2, availableReplicas: 1}}",
        "v1;services;x|NodePort|10.96.0.1|<none>|80:30080/TCP,53/UDP|10m|a=b;{spec: {type:"
            + " NodePort, clusterIPs: [10.96.0.1], ports: [{port: 80, nodePort: 30080, protocol:"
            + " TCP}, {port: 53, protocol: UDP}], selector: {a: b}}}",
        "v1;services;x|LoadBalancer|10.96.0.1|<pending>|<none>|10m|<none>;{spec: {type:"
            + " LoadBalancer, clusterIP: 10.96.0.1}}",
        "v1;nodes;x|Ready,SchedulingDisabled|control-plane|10m|v1.36.0|127.7.1.1|<none>|o|k|r;"
            + "{metadata: {labels: {node-role.kubernetes.io/control-plane: ''}}, spec:"
            + " {unschedulable: true}, status: {conditions: [{type: Ready, status: 'True'}],"
            + " addresses: [{type: InternalIP, address: 127.7.1.1}], nodeInfo: {kubeletVersion:"
            + " v1.36.0, osImage: o, kernelVersion: k, containerRuntimeVersion: r}}}",
        "v1;events;5m|Normal|Pulled|pod/a|spec.containers{c}|kubelet, n1|hello|10m|3|x;{type:"
            + " Normal, reason: Pulled, involvedObject: {kind: Pod, name: a, fieldPath:"
            + " 'spec.containers{c}'}, source: {component: kubelet, host: n1}, message: 'hello ',"
            + " firstTimestamp: '2026-01-01T00:00:00Z', lastTimestamp: '2026-01-01T00:05:00Z',"
            + " count: 3}",
        "v1;endpoints;x|10.0.0.1:80,10.0.0.2:80,10.0.0.3:80 + 1 more...|10m;{subsets: [{ports:"
            + " [{port: 80}], addresses: [{ip: 10.0.0.1}, {ip: 10.0.0.2}, {ip: 10.0.0.3}, {ip:"
            + " 10.0.0.4}]}]}",
        "discovery.k8s.io/v1;endpointslices;x|IPv4|80|10.0.0.1|10m;{addressType: IPv4, ports:"
            + " [{port: 80}], endpoints: [{addresses: [10.0.0.1]}]}",
        "batch/v1;jobs;x|Complete|1/1|65s|10m|c|i|a=b;{spec: {completions: 1, selector:"
            + " {matchLabels: {a: b}}, template: {spec: {containers: [{name: c, image: i}]}}},"
            + " status: {succeeded: 1, startTime: '2026-01-01T00:00:00Z', completionTime:"
            + " '2026-01-01T00:01:05Z', conditions: [{type: Complete, status: 'True'}]}}",
        "batch/v1;cronjobs;x|* * * * *|<none>|False|1|3m20s|10m|c|i|<none>;{spec: {schedule:"
            + " '* * * * *', suspend: false, jobTemplate: {spec: {template: {spec: {containers:"
            + " [{name: c, image: i}]}}}}}, status: {active: [{}], lastScheduleTime:"
            + " '2026-01-01T00:06:40Z'}}",
        "v1;persistentvolumeclaims;x|Bound|v|1Gi|RWO,RWX|std|<unset>|10m|Filesystem;{spec:"
            + " {volumeName: v, storageClassName: std, volumeMode: Filesystem}, status: {phase:"
            + " Bound, accessModes: [ReadWriteMany, ReadWriteOnce], capacity: {storage: 1Gi}}}",
        "autoscaling/v2;horizontalpodautoscalers;x|Deployment/web|cpu: <unknown>/50%|1|5|2|10m;"
            + "{spec: {scaleTargetRef: {kind: Deployment, name: web}, minReplicas: 1, maxReplicas:"
            + " 5, metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization,"
            + " averageUtilization: 50}}}]}, status: {currentReplicas: 2}}",
        "v1;resourcequotas;x|pods: 1/5|limits.cpu: 1/2|10m;{status: {hard: {pods: 5, limits.cpu:"
            + " 2}, used: {pods: 1, limits.cpu: 1}}}",
        "rbac.authorization.k8s.io/v1;roles;x|2026-01-01T00:00:00Z;{}",
        "rbac.authorization.k8s.io/v1;rolebindings;x|Role/r|10m|u||ns/s;{roleRef: {kind: Role,"
            + " name: r}, subjects: [{kind: User, name: u}, {kind: ServiceAccount, name: s,"
            + " namespace: ns}]}",
        "certificates.k8s.io/v1;certificatesigningrequests;x|10m|s|u|24h|Approved,Issued;{spec:"
            + " {signerName: s, username: u, expirationSeconds: 86400}, status: {conditions:"
            + " [{type: Approved}], certificate: YQ==}}",
        "storage.k8s.io/v1;storageclasses;x (default)|p|Delete|Immediate|false|10m;{metadata:"
            + " {annotations: {storageclass.kubernetes.io/is-default-class: 'true'}}, provisioner:"
            + " p}",
        "networking.k8s.io/v1;networkpolicies;x|a in (1,2),!b|10m;{spec: {podSelector:"
            + " {matchExpressions: [{key: a, operator: In, values: ['2', '1']}, {key: b,"
            + " operator: DoesNotExist}]}}}",
        "resource.k8s.io/v1;deviceclasses;x|2026-01-01T00:00:00Z;{}",
      })
  void everyKindHasTheCellsOfKubectl(
      String apiVersion, String resource, String expected, String yaml) {
    assertThat(cells(apiVersion, resource, yaml)).isEqualTo(expected);
  }

  @Test
  void columnsAreNamedTypedAndKnowWhetherTheyAreWide() {
    assertThat(table("v1", "pods", "{spec: {}}").at("/columnDefinitions/1"))
        .hasToString(
            "{\"name\":\"Ready\",\"type\":\"string\",\"format\":\"\",\"description\":\"Ready\","
                + "\"priority\":0}");
    assertThat(table("v1", "pods", "{spec: {}}").at("/columnDefinitions/5/priority").intValue())
        .isEqualTo(1);
  }

  @Test
  void everyTypeMakesATableOfAnEmptyObject() {
    assertThat(tables.unknownTypes()).isEmpty();
    for (TypeInfo info : BuiltInTypes.get().all()) {
      ObjectNode table = table(info.type().apiVersion(), info.type().resource(), "{a: 1}");
      assertThat(table.at("/rows/0/cells").size())
          .as(info.type().toString())
          .isEqualTo(table.at("/columnDefinitions").size());
    }
  }

  @Test
  void standardColumnsAreDescribedAsTheFieldsTheyShow() {
    var custom = new Tables(_ -> Optional.of(List.of()));
    ObjectNode table =
        custom.table(
            new ResourceType("x.io", "v1", "widgets", "Widget", Scope.NAMESPACED),
            List.of(),
            JsonNodeFactory.instance.objectNode(),
            Tables.Header.PRESENT,
            Tables.IncludeObject.NONE,
            NOW);
    assertThat(table.at("/columnDefinitions/0/description").asString())
        .startsWith("Name must be unique within a namespace.")
        .isEqualTo(table("v1", "pods", "{}").at("/columnDefinitions/0/description").asString());
    assertThat(table.at("/columnDefinitions/1/description").asString())
        .startsWith("CreationTimestamp is a timestamp")
        .isEqualTo(
            table("v1", "serviceaccounts", "{}").at("/columnDefinitions/2/description").asString());
  }

  @Test
  void rowsCarryOfTheObjectWhatTheClientWants() {
    ObjectNode object =
        TreeCodec.read(
            "{\"metadata\":{\"name\":\"a\"},\"data\":{}}"
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    ObjectNode table =
        tables.table(
            BuiltInTypes.get().type("v1", "configmaps"),
            List.of(object),
            JsonNodeFactory.instance.objectNode().put("resourceVersion", "7"),
            Tables.Header.ABSENT,
            Tables.IncludeObject.of(""),
            NOW);
    assertThat(table)
        .hasToString(
            "{\"kind\":\"Table\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":"
                + "{\"resourceVersion\":\"7\"},\"columnDefinitions\":null,\"rows\":[{\"cells\":"
                + "[\"a\",0,\"<unknown>\"],\"object\":{\"kind\":\"PartialObjectMetadata\","
                + "\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":{\"name\":\"a\"}}}]}");
  }
}
