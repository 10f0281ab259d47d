package dev.drydock.api.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.api.codec.TreeCodec;
import dev.drydock.api.meta.GroupVersionKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class SchemaDecodingTest {
  private static ObjectNode tree(String json) {
    return TreeCodec.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> decode(String apiVersion, String kind, ObjectNode tree) {
    GroupVersionKind type = GroupVersionKind.of(apiVersion, kind);
    return SchemaDecoding.decode(tree, Schemas.builtIn().kind(type).orElseThrow());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "apps/v1;Deployment;{'spec':{'replicas':'3'}};json: cannot unmarshal string into Go struct"
            + " field DeploymentSpec.spec.replicas of type int32",
        "v1;Pod;{'spec':{'containers':[{'env':[{'name':'a','value':1}]}]}};json: cannot unmarshal"
            + " number into Go struct field EnvVar.spec.containers.env.value of type string",
        "v1;Pod;{'metadata':{'labels':{'a':true}}};json: cannot unmarshal bool into Go struct"
            + " field ObjectMeta.metadata.labels of type string",
        "v1;Pod;{'spec':{'containers':{}}};json: cannot unmarshal object into Go struct field"
            + " PodSpec.spec.containers of type []v1.Container",
        "v1;Pod;{'spec':{'nodeSelector':[]}};json: cannot unmarshal array into Go struct field"
            + " PodSpec.spec.nodeSelector of type map[string]string",
        "apps/v1;ReplicaSet;{'spec':{'replicas':1.5}};json: cannot unmarshal number 1.5 into Go"
            + " struct field ReplicaSetSpec.spec.replicas of type int32",
        "v1;Secret;{'data':{'a':'?'}};illegal base64 data at input byte 0",
        "v1;Pod;{'spec':{'containers':[{'resources':{'limits':{'cpu':'x'}}}]}};quantities must"
            + " match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
      })
  void aWrongTypeIsToldInTheWordsOfGo(String apiVersion, String kind, String json, String message) {
    assertThatThrownBy(() -> decode(apiVersion, kind, tree(json)))
        .isInstanceOf(UnreadableException.class)
        .hasMessage(message);
  }

  @Test
  void unknownFieldsGoAndAreNamed() {
    ObjectNode pod =
        tree(
            "{'foo':1,'spec':{'containers':[{'name':'a'},{'name':'b','bar':{'x':1}}],"
                + "'volumes':null}}");
    List<String> unknown = decode("v1", "Pod", pod);
    assertThat(unknown).containsExactly("foo", "spec.containers[1].bar");
    assertThat(pod).isEqualTo(tree("{'spec':{'containers':[{'name':'a'},{'name':'b'}]}}"));
    assertThat(
            SchemaDecoding.refusal(
                GroupVersionKind.of("v1", "Pod"),
                SchemaDecoding.strictly(SchemaDecoding.unknown(unknown))))
        .hasMessage(
            "Pod in version \"v1\" cannot be handled as a Pod: strict decoding error: unknown"
                + " field \"foo\", unknown field \"spec.containers[1].bar\"");
    assertThat(SchemaDecoding.duplicate(List.of("spec.a")))
        .containsExactly("duplicate field \"spec.a\"");
  }

  @Test
  void valuesBecomeCanonicalAsGoWouldWriteThem() {
    ObjectNode pod =
        tree(
            "{'metadata':{'labels':{'a':null},'annotations':{},"
                + "'creationTimestamp':'2026-01-02T04:04:05.5+01:00'},"
                + "'spec':{'containers':[{'env':[],'resources':{'limits':{'cpu':1000,"
                + "'memory':'1024Mi'}}}],'volumes':[{'emptyDir':{}}],'securityContext':{}}}");
    assertThat(decode("v1", "Pod", pod)).isEmpty();
    assertThat(pod)
        .isEqualTo(
            tree(
                "{'metadata':{'labels':{'a':''},'creationTimestamp':'2026-01-02T03:04:05Z'},"
                    + "'spec':{'containers':[{'resources':{'limits':{'cpu':'1k',"
                    + "'memory':'1Gi'}}}],'volumes':[{'emptyDir':{}}],'securityContext':{}}}"));
  }

  @Test
  void freeFormValuesStayAsTheyAre() {
    ObjectNode revision = tree("{'data':{'a':null,'b':[{}]},'revision':1}");
    assertThat(decode("apps/v1", "ControllerRevision", revision)).isEmpty();
    assertThat(revision).isEqualTo(tree("{'data':{'a':null,'b':[{}]},'revision':1}"));
  }

  @Test
  void defaultsFillInAtEveryDepthAndLeaveWhatIsThere() {
    ObjectNode deployment =
        tree(
            "{'spec':{'replicas':5,'template':{'spec':{'containers':[{'ports':"
                + "[{'containerPort':80}],'livenessProbe':{'httpGet':{'port':80}}}]}}}}");
    SchemaDefaults.apply(
        deployment,
        Schemas.builtIn().kind(GroupVersionKind.of("apps/v1", "Deployment")).orElseThrow());
    assertThat(deployment.at("/spec/replicas").intValue()).isEqualTo(5);
    assertThat(deployment.at("/spec/strategy/type").stringValue()).isEqualTo("RollingUpdate");
    assertThat(deployment.at("/spec/template/spec/restartPolicy").stringValue())
        .isEqualTo("Always");
    String container = "/spec/template/spec/containers/0";
    assertThat(deployment.at(container + "/ports/0/protocol").stringValue()).isEqualTo("TCP");
    assertThat(deployment.at(container + "/livenessProbe/httpGet/scheme").stringValue())
        .isEqualTo("HTTP");
    assertThat(deployment.at(container + "/livenessProbe/periodSeconds").intValue()).isEqualTo(10);
    assertThat(deployment.at("/status").isObject()).isTrue();
  }
}
