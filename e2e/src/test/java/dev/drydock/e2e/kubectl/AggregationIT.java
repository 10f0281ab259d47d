package dev.drydock.e2e.kubectl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.client.resource.Kind;
import dev.drydock.e2e.cluster.TestLab;
import dev.drydock.testkit.extension.FlowerServer;
import io.fabric8.kubernetes.api.model.APIService;
import java.io.FileInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An extension api-server behind the real api-server, with the real kubectl.
class AggregationIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Kind<APIService> API_SERVICES =
      new Kind<>(
          BuiltInTypes.get().type("apiregistration.k8s.io/v1", "apiservices"), APIService.class);

  private static final String OBJECTS =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: garden}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: flowers, namespace: garden}
      spec: {type: ExternalName, externalName: localhost}
      ---
      apiVersion: apiregistration.k8s.io/v1
      kind: APIService
      metadata: {name: v1.garden.example.com}
      spec:
        group: garden.example.com
        version: v1
        groupPriorityMinimum: 1000
        versionPriority: 15
        caBundle: BUNDLE
        service: {name: flowers, namespace: garden, port: PORT}
      """;

  /// Shows a certificate of its own and lets in only the lab's front proxy.
  private static SSLContext tls(TestLab lab, Path folder) throws Exception {
    String names = "subjectAltName=DNS:flowers.garden.svc";
    String key = folder.resolve("key.pem").toString();
    String certificate = folder.resolve("cert.pem").toString();
    String store = folder.resolve("own.p12").toString();
    lab.run(
        "",
        List.of(
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=flowers",
            "-addext",
            names,
            "-keyout",
            key,
            "-out",
            certificate));
    lab.run(
        "",
        List.of(
            "openssl",
            "pkcs12",
            "-export",
            "-inkey",
            key,
            "-in",
            certificate,
            "-passout",
            "pass:flower",
            "-out",
            store));
    KeyStore own = KeyStore.getInstance("PKCS12");
    try (InputStream in = new FileInputStream(store)) {
      own.load(in, "flower".toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, "flower".toCharArray());
    KeyStore proxies = KeyStore.getInstance("PKCS12");
    proxies.load(null, null);
    try (InputStream in = Files.newInputStream(lab.folder().resolve("pki/front-proxy-ca.crt"))) {
      proxies.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(proxies);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static void awaitCondition(TestLab lab, String name, String reason) {
    lab.watch(API_SERVICES)
        .await(
            name + " " + reason,
            SOON,
            services ->
                services.stream()
                    .filter(service -> service.getMetadata().getName().equals(name))
                    .filter(service -> service.getStatus() != null)
                    .flatMap(service -> service.getStatus().getConditions().stream())
                    .anyMatch(condition -> reason.equals(condition.getReason())));
  }

  /// Discovery follows availability a moment later, as Kubernetes' does.
  private static void awaitDiscovery(TestLab lab) {
    assertTimeoutPreemptively(
        SOON,
        () -> {
          while (!lab.tryKubectl("", "api-resources", "--api-group=garden.example.com")
              .text()
              .contains("Flower")) {
            Thread.onSpinWait();
          }
        });
  }

  private static void plant(TestLab lab, String namespace, String name, String more) {
    lab.kubectlWithInput(
        "{\"apiVersion\":\"garden.example.com/v1\",\"kind\":\"Flower\",\"metadata\":{\"name\":\""
            + name
            + "\",\"namespace\":\""
            + namespace
            + "\""
            + more
            + "}}",
        "create",
        "--validate=false",
        "-f",
        "-");
  }

  private static void awaitGone(TestLab lab, String namespace, String name) {
    assertTimeoutPreemptively(
        SOON,
        () -> {
          while (lab.tryKubectl("", "get", "fl", name, "-n", namespace).code() == 0) {
            Thread.onSpinWait();
          }
        });
  }

  /// The garbage collector follows owners to another server; a namespace goes with what is there.
  private static void controllersReachIt(TestLab lab) {
    lab.kubectl("create", "configmap", "pot");
    String uid = lab.kubectl("get", "configmap", "pot", "-o", "jsonpath={.metadata.uid}");
    plant(
        lab,
        "default",
        "daisy",
        ",\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"name\":\"pot\","
            + "\"uid\":\""
            + uid
            + "\"}]");
    lab.kubectl("create", "namespace", "bed");
    plant(lab, "bed", "tulip", "");
    lab.kubectl("create", "quota", "few", "-n", "bed", "--hard=count/flowers.garden.example.com=5");
    lab.kubectl(
        "wait",
        "quota/few",
        "-n",
        "bed",
        "--for=jsonpath={.status.used.count/flowers\\.garden\\.example\\.com}=1",
        "--timeout=20s");

    lab.kubectl("delete", "configmap", "pot");
    awaitGone(lab, "default", "daisy");
    lab.kubectl("delete", "namespace", "bed", "--timeout=30s");
    assertThat(lab.kubectl("get", "fl", "-A", "-o", "name"))
        .isEqualTo("flower.garden.example.com/rose\n");
  }

  @Test
  void kubectlSeesWhatAnotherServerServesAndHoldsANamespaceWhileItIsGone(@TempDir Path folder)
      throws Exception {
    try (TestLab lab = TestLab.start(1, 1)) {
      try (var flowers = new FlowerServer(tls(lab, folder))) {
        String bundle =
            Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve("cert.pem")));
        String objects =
            OBJECTS.replace("BUNDLE", bundle).replace("PORT", Integer.toString(flowers.port()));
        lab.kubectlWithInput(objects, "apply", "-f", "-");
        awaitCondition(lab, "v1.garden.example.com", "Passed");
        assertThat(lab.kubectl("get", "apiservices"))
            .containsPattern("v1\\.apps +Local +True")
            .containsPattern("v1\\.garden\\.example\\.com +garden/flowers +True");
        awaitDiscovery(lab);
        String rose =
            "{\"apiVersion\":\"garden.example.com/v1\",\"kind\":\"Flower\",\"metadata\":"
                + "{\"name\":\"rose\",\"namespace\":\"default\"}}";
        lab.kubectlWithInput(rose, "create", "--validate=false", "-f", "-");
        assertThat(lab.kubectl("get", "fl", "-o", "name"))
            .isEqualTo("flower.garden.example.com/rose\n");
        // Controllers ask too, but for all namespaces.
        assertThat(flowers.asked())
            .filteredOn(one -> one.path().contains("/namespaces/default/flowers"))
            .isNotEmpty()
            .allSatisfy(
                one -> assertThat(one.header("X-remote-user")).containsExactly("kubernetes-admin"));
        assertThat(lab.kubectl("get", "--raw", "/openapi/v2")).contains("com.example.garden.v1");
        controllersReachIt(lab);
      }
      lab.kubectl("delete", "service", "flowers", "-n", "garden");
      awaitCondition(lab, "v1.garden.example.com", "ServiceNotFound");
      assertThat(lab.tryKubectl("", "get", "--raw", "/apis/garden.example.com/v1").text())
          .contains("currently unable to handle the request");
      lab.kubectl("delete", "namespace", "garden", "--wait=false");
      lab.kubectl(
          "wait",
          "namespace/garden",
          "--for=jsonpath={.status.conditions[?(@.type=='NamespaceDeletionDiscoveryFailure')]"
              + ".status}=True",
          "--timeout=20s");
      lab.kubectl("delete", "apiservice", "v1.garden.example.com");
      lab.kubectl("wait", "namespace/garden", "--for=delete", "--timeout=20s");
    }
  }
}
