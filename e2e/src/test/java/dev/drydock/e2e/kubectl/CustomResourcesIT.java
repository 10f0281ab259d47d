package dev.drydock.e2e.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.cluster.TestLab;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The life of a custom resource with the real kubectl on a lab of real processes.
class CustomResourcesIT {
  private static final String DEFINITION =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: PLURAL.stable.example.com}
      spec:
        group: stable.example.com
        scope: Namespaced
        names: {plural: PLURAL, kind: KIND, shortNames: [SHORT], categories: [all]}
        versions:
        - name: v1
          served: true
          storage: true
          selectableFields: [{jsonPath: .spec.image}]
          additionalPrinterColumns:
          - {name: Spec, type: string, jsonPath: .spec.cronSpec}
          - {name: Image, type: string, jsonPath: .spec.image, priority: 1}
          - {name: Age, type: date, jsonPath: .metadata.creationTimestamp}
          subresources:
            status: {}
            scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas}
          schema:
            openAPIV3Schema:
              type: object
              properties:
                spec:
                  type: object
                  description: What is wanted.
                  required: [cronSpec]
                  x-kubernetes-validations:
                  - {rule: "!has(self.replicas) || self.replicas <= 10", message: too many}
                  properties:
                    cronSpec: {type: string, description: When to run.}
                    image: {type: string, default: busybox}
                    mode: {type: string, enum: [fast, slow]}
                    replicas: {type: integer, minimum: 0}
                status: {type: object, properties: {replicas: {type: integer}}}
        - name: v1beta1
          served: true
          storage: false
          deprecated: true
          schema:
            openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
      """;
  private static TestLab lab;

  @BeforeAll
  static void start() {
    lab = TestLab.start(1, 1);
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  private static void define(String plural, String kind, String shortName) {
    lab.kubectlWithInput(
        DEFINITION.replace("PLURAL", plural).replace("KIND", kind).replace("SHORT", shortName),
        "create",
        "-f",
        "-");
    lab.kubectl("wait", "--for=condition=Established", "crd/" + plural + ".stable.example.com");
  }

  private static String object(String kind, String name, String spec) {
    return "apiVersion: stable.example.com/v1\nkind: "
        + kind
        + "\nmetadata: {name: "
        + name
        + "}\nspec: "
        + spec
        + "\n";
  }

  private static String refused(String object) {
    TestLab.Output output = lab.tryKubectl(object, "apply", "-f", "-");
    assertThat(output.code()).isNotZero();
    return output.text();
  }

  @Test
  void objectsOfADefinedTypeAreLikeAllOthers() {
    define("crontabs", "CronTab", "ct");

    lab.kubectlWithInput(
        object("CronTab", "my", "{cronSpec: '* 5', replicas: 2}"), "apply", "-f", "-");

    assertThat(lab.kubectl("get", "ct")).contains("SPEC", "AGE", "* 5").doesNotContain("IMAGE");
    assertThat(lab.kubectl("get", "ct", "-o", "wide")).contains("IMAGE", "busybox");
    assertThat(lab.kubectl("get", "ct", "--field-selector", "spec.image=busybox", "-o", "name"))
        .isEqualTo("crontab.stable.example.com/my\n");
    assertThat(lab.kubectl("get", "all")).contains("crontab.stable.example.com/my");
    assertThat(lab.kubectl("explain", "crontab.spec")).contains("When to run.", "-required-");
    assertThat(lab.kubectl("api-resources", "--api-group=stable.example.com"))
        .contains("crontabs", "CronTab");
    lab.kubectl("scale", "ct/my", "--replicas=5");
    lab.kubectl(
        "patch",
        "ct",
        "my",
        "--subresource=status",
        "--type=merge",
        "-p",
        "{\"status\":{\"replicas\":4}}");
    assertThat(
            lab.kubectl(
                "get",
                "ct",
                "my",
                "-o",
                "jsonpath={.spec.replicas} {.status.replicas} {.metadata.generation}"))
        .isEqualTo("5 4 2");
    assertThat(lab.kubectl("get", "crontabs.v1beta1.stable.example.com"))
        .contains("Warning: stable.example.com/v1beta1 CronTab is deprecated", "my");
    assertThat(
            lab.kubectlWithInput(
                object("CronTab", "my", "{cronSpec: '* 6'}"),
                "apply",
                "--server-side",
                "--force-conflicts",
                "-f",
                "-"))
        .contains("serverside-applied");

    lab.kubectl("delete", "crd", "crontabs.stable.example.com", "--timeout=20s");

    assertThat(lab.tryKubectl("", "get", "--raw", "/apis/stable.example.com/v1/crontabs").text())
        .contains("the server could not find the requested resource");
  }

  @Test
  void objectsThatDoNotFitAreRefusedInKubernetesWords() {
    define("faults", "Fault", "fl");

    assertThat(refused(object("Fault", "a", "{cronSpec: 1, mode: medium, replicas: x}")))
        .contains("spec.cronSpec in body must be of type string: \"integer\"")
        .contains("spec.mode: Unsupported value: \"medium\": supported values: \"fast\", \"slow\"")
        .contains("spec.replicas in body must be of type integer: \"string\"");
    assertThat(refused(object("Fault", "a", "{}"))).contains("spec.cronSpec: Required value");
    assertThat(refused(object("Fault", "a", "{cronSpec: x, foo: 1}")))
        .contains("strict decoding error: unknown field \"spec.foo\"");
    assertThat(refused(object("Fault", "a", "{cronSpec: x, replicas: 11}")))
        .contains("spec: Invalid value: too many");
  }

  @Test
  void aNamespaceTakesItsCustomObjectsAlongAndOwnersTheirDependents() {
    define("things", "Thing", "th");
    lab.kubectl("create", "namespace", "with-things");
    lab.kubectlWithInput(
        object("Thing", "one", "{cronSpec: x}"), "apply", "-n", "with-things", "-f", "-");
    lab.kubectlWithInput(object("Thing", "owner", "{cronSpec: x}"), "apply", "-f", "-");
    String uid = lab.kubectl("get", "thing", "owner", "-o", "jsonpath={.metadata.uid}");
    lab.kubectlWithInput(
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: owned, ownerReferences: [{apiVersion:"
            + " stable.example.com/v1, kind: Thing, name: owner, uid: "
            + uid
            + "}]}\n",
        "create",
        "-f",
        "-");

    lab.kubectl("delete", "namespace", "with-things", "--timeout=30s");
    lab.kubectl("delete", "thing", "owner");

    lab.kubectl("wait", "--for=delete", "configmap/owned", "--timeout=30s");
    assertThat(lab.kubectl("get", "things", "-A", "--ignore-not-found")).doesNotContain("one");
  }
}
