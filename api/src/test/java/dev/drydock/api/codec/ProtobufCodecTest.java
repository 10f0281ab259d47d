package dev.drydock.api.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.drydock.api.schema.Schemas;
import dev.drydock.api.status.ApiException;
import io.kubernetes.client.proto.IntStr.IntOrString;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Resource.Quantity;
import io.kubernetes.client.proto.Runtime;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Apiextensions;
import io.kubernetes.client.proto.V1Apps;
import io.kubernetes.client.proto.V1Authentication;
import io.kubernetes.client.proto.V1Authorization;
import io.kubernetes.client.proto.V1Coordination;
import io.kubernetes.client.proto.V1Policy;
import org.junit.jupiter.api.Test;

class ProtobufCodecTest {
  private final ProtobufCodec codec = new ProtobufCodec(Schemas.builtIn());

  private static byte[] body(String apiVersion, String kind, Message object) {
    return ByteString.copyFrom(new byte[] {'k', '8', 's', 0})
        .concat(
            Runtime.Unknown.newBuilder()
                .setTypeMeta(Runtime.TypeMeta.newBuilder().setApiVersion(apiVersion).setKind(kind))
                .setRaw(object.toByteString())
                .build()
                .toByteString())
        .toByteArray();
  }

  private String read(String apiVersion, String kind, Message object) {
    return codec.read(body(apiVersion, kind, object)).toString().replace('"', '\'');
  }

  private static Meta.ObjectMeta.Builder metadata() {
    return Meta.ObjectMeta.newBuilder()
        .setName("web")
        .setGenerateName("")
        .setNamespace("")
        .setCreationTimestamp(Meta.Time.getDefaultInstance());
  }

  @Test
  void aDeploymentAsKubectlCreateSendsIt() {
    var container =
        V1.Container.newBuilder()
            .setName("nginx")
            .setImage("nginx")
            .setStdin(false)
            .setImagePullPolicy("")
            .setResources(
                V1.ResourceRequirements.newBuilder()
                    .putLimits("cpu", Quantity.newBuilder().setString("1").build()))
            .setLivenessProbe(
                V1.Probe.newBuilder()
                    .setInitialDelaySeconds(0)
                    .setHandler(
                        V1.ProbeHandler.newBuilder()
                            .setHttpGet(
                                V1.HTTPGetAction.newBuilder()
                                    .setPort(
                                        IntOrString.newBuilder().setType(1).setStrVal("http")))));
    var deployment =
        V1Apps.Deployment.newBuilder()
            .setMetadata(metadata().putLabels("app", "web"))
            .setSpec(
                V1Apps.DeploymentSpec.newBuilder()
                    .setReplicas(0)
                    .setMinReadySeconds(0)
                    .setPaused(false)
                    .setSelector(Meta.LabelSelector.newBuilder().putMatchLabels("app", "web"))
                    .setTemplate(
                        V1.PodTemplateSpec.newBuilder()
                            .setMetadata(metadata().clearName())
                            .setSpec(
                                V1.PodSpec.newBuilder()
                                    .setRestartPolicy("")
                                    .setHostNetwork(false)
                                    .addContainers(container)
                                    .addVolumes(
                                        V1.Volume.newBuilder()
                                            .setName("v")
                                            .setVolumeSource(
                                                V1.VolumeSource.newBuilder()
                                                    .setConfigMap(
                                                        V1.ConfigMapVolumeSource.newBuilder()
                                                            .setLocalObjectReference(
                                                                V1.LocalObjectReference.newBuilder()
                                                                    .setName("c"))))))))
            .build();
    assertThat(read("apps/v1", "Deployment", deployment))
        .isEqualTo(
            "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'web','labels':"
                + "{'app':'web'}},'spec':{'replicas':0,'selector':{'matchLabels':{'app':'web'}},"
                + "'template':{'metadata':{},'spec':{'volumes':[{'name':'v','configMap':"
                + "{'name':'c'}}],'containers':[{'name':'nginx','image':'nginx','resources':"
                + "{'limits':{'cpu':'1'}},'livenessProbe':{'httpGet':{'port':'http'}}}]}}}}");
  }

  @Test
  void bytesTimesAndEmbeddedJson() {
    assertThat(
            read(
                "v1",
                "Secret",
                V1.Secret.newBuilder().putData("a", ByteString.copyFromUtf8("hi")).build()))
        .isEqualTo("{'apiVersion':'v1','kind':'Secret','data':{'a':'aGk='}}");
    assertThat(
            read(
                "coordination.k8s.io/v1",
                "Lease",
                V1Coordination.Lease.newBuilder()
                    .setSpec(
                        V1Coordination.LeaseSpec.newBuilder()
                            .setRenewTime(
                                Meta.MicroTime.newBuilder()
                                    .setSeconds(1767323045L)
                                    .setNanos(1_000)))
                    .build()))
        .contains("'renewTime':'2026-01-02T03:04:05.000001Z'");
    assertThat(
            read(
                "apps/v1",
                "ControllerRevision",
                V1Apps.ControllerRevision.newBuilder()
                    .setData(
                        Runtime.RawExtension.newBuilder()
                            .setRaw(ByteString.copyFromUtf8("{\"a\":[1]}")))
                    .setRevision(3)
                    .build()))
        .contains("'data':{'a':[1]},'revision':3");
  }

  @Test
  void whatKubectlSendsToSubresourcesAndReviews() {
    assertThat(
            read(
                "authentication.k8s.io/v1",
                "TokenRequest",
                V1Authentication.TokenRequest.newBuilder()
                    .setSpec(
                        V1Authentication.TokenRequestSpec.newBuilder()
                            .addAudiences("")
                            .setExpirationSeconds(600))
                    .build()))
        .contains("'spec':{'audiences':[''],'expirationSeconds':600}");
    assertThat(
            read(
                "authorization.k8s.io/v1",
                "SelfSubjectAccessReview",
                V1Authorization.SelfSubjectAccessReview.newBuilder()
                    .setSpec(
                        V1Authorization.SelfSubjectAccessReviewSpec.newBuilder()
                            .setResourceAttributes(
                                V1Authorization.ResourceAttributes.newBuilder()
                                    .setVerb("get")
                                    .setGroup("")
                                    .setResource("pods")))
                    .build()))
        .contains("{'resourceAttributes':{'verb':'get','resource':'pods'}}");
    assertThat(
            read(
                "policy/v1",
                "Eviction",
                V1Policy.Eviction.newBuilder()
                    .setMetadata(metadata())
                    .setDeleteOptions(Meta.DeleteOptions.newBuilder().setGracePeriodSeconds(0))
                    .build()))
        .contains("'deleteOptions':{'gracePeriodSeconds':0}");
    assertThat(
            read(
                "policy/v1",
                "DeleteOptions",
                Meta.DeleteOptions.newBuilder().setPropagationPolicy("Background").build()))
        .isEqualTo(
            "{'apiVersion':'policy/v1','kind':'DeleteOptions','propagationPolicy':'Background'}");
  }

  @Test
  void aServiceHasNoZerosOfFieldsThatAreNoPointers() {
    assertThat(
            read(
                "v1",
                "Service",
                V1.Service.newBuilder()
                    .setSpec(
                        V1.ServiceSpec.newBuilder()
                            .setHealthCheckNodePort(0)
                            .setPublishNotReadyAddresses(false)
                            .setAllocateLoadBalancerNodePorts(false)
                            .addPorts(
                                V1.ServicePort.newBuilder()
                                    .setPort(80)
                                    .setNodePort(0)
                                    .setTargetPort(
                                        IntOrString.newBuilder().setType(0).setIntVal(0))))
                    .build()))
        .isEqualTo(
            "{'apiVersion':'v1','kind':'Service','spec':{'ports':[{'port':80}],"
                + "'allocateLoadBalancerNodePorts':false}}");
  }

  @Test
  void wrappersOfCustomResourceSchemasAndExtraValues() {
    var props =
        V1Apiextensions.JSONSchemaProps.newBuilder()
            .setXKubernetesPreserveUnknownFields(true)
            .setRef("r")
            .setItems(
                V1Apiextensions.JSONSchemaPropsOrArray.newBuilder()
                    .setSchema(V1Apiextensions.JSONSchemaProps.newBuilder().setType("string")))
            .setAdditionalProperties(
                V1Apiextensions.JSONSchemaPropsOrBool.newBuilder().setAllows(true));
    var definition =
        V1Apiextensions.CustomResourceDefinition.newBuilder()
            .setSpec(
                V1Apiextensions.CustomResourceDefinitionSpec.newBuilder()
                    .addVersions(
                        V1Apiextensions.CustomResourceDefinitionVersion.newBuilder()
                            .setSchema(
                                V1Apiextensions.CustomResourceValidation.newBuilder()
                                    .setOpenAPIV3Schema(props))))
            .build();
    assertThat(read("apiextensions.k8s.io/v1", "CustomResourceDefinition", definition))
        .contains("'$ref':'r'")
        .contains("'items':{'type':'string'}")
        .contains("'additionalProperties':true")
        .contains("'x-kubernetes-preserve-unknown-fields':true");
    assertThat(
            read(
                "authorization.k8s.io/v1",
                "SubjectAccessReview",
                V1Authorization.SubjectAccessReview.newBuilder()
                    .setSpec(
                        V1Authorization.SubjectAccessReviewSpec.newBuilder()
                            .putExtra(
                                "k", V1Authorization.ExtraValue.newBuilder().addItems("v").build()))
                    .build()))
        .contains("'extra':{'k':['v']}");
  }

  @Test
  void whatIsNoSuchBodyOrAnUnknownKindIsABadRequest() {
    assertThatThrownBy(() -> codec.read(new byte[] {'{', '}'}))
        .isInstanceOf(ApiException.class)
        .hasMessageStartingWith("provided data does not appear to be a protobuf message");
    assertThatThrownBy(() -> read("nothing/v1", "Thing", V1.Pod.getDefaultInstance()))
        .isInstanceOf(ApiException.class)
        .hasMessageStartingWith("no kind \"Thing\" is registered for version \"nothing/v1\"");
    assertThatThrownBy(() -> codec.read(new byte[] {'k', '8', 's', 0, 0x0a, 0x7f}))
        .isInstanceOf(ApiException.class);
  }
}
