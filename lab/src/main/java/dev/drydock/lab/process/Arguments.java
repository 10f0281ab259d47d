package dev.drydock.lab.process;

import dev.drydock.lab.topology.Component;
import dev.drydock.lab.topology.LabNode;
import dev.drydock.lab.topology.Topology;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The command line of each component, with the real components' flags.
final class Arguments {
  static final int ETCD_PORT = 2379;
  static final int ETCD_PEER_PORT = 2380;
  static final int REST_PORT = 6443;
  static final int GRPC_PORT = 6444;
  static final int CONTROLLER_MANAGER_PORT = 10257;
  static final int SCHEDULER_PORT = 10259;
  static final int KUBELET_PORT = 10250;
  static final int KUBELET_HEALTH_PORT = 10248;
  static final int PROXY_HEALTH_PORT = 10256;
  static final int PROXY_METRICS_PORT = 10249;

  private static final String POD_CIDR = "10.244.0.0/16";
  private static final String SERVICE_CIDR = "10.96.0.0/12";

  private final LabHome home;
  private final Topology topology;

  Arguments(LabHome home, Topology topology) {
    this.home = home;
    this.topology = topology;
  }

  List<String> of(Component component) {
    List<String> own =
        switch (component.role()) {
          case ETCD -> etcd();
          case API_SERVER -> apiServer();
          case CONTROLLER_MANAGER -> controllerManager();
          case SCHEDULER -> scheduler();
          case KUBELET -> kubelet(component.onNode().orElseThrow());
          case KUBE_PROXY -> kubeProxy(component.onNode().orElseThrow());
        };
    boolean scaled = topology.timeScale() != 1 && !component.role().mainClass().isEmpty();
    return new OwnFlags(home)
        .of(
            component,
            scaled
                ? Stream.concat(own.stream(), Stream.of("--time-scale=" + topology.timeScale()))
                    .toList()
                : own);
  }

  private List<String> etcd() {
    String client = "https://" + controlPlane() + ":" + ETCD_PORT;
    String peer = "https://" + controlPlane() + ":" + ETCD_PEER_PORT;
    var arguments =
        new ArrayList<>(
            List.of(
                "--name=default",
                "--data-dir=" + home.etcdData(),
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=default=" + peer,
                "--snapshot-count=2000",
                "--quota-backend-bytes=4294967296",
                "--max-request-bytes=4194304",
                "--client-cert-auth",
                "--peer-client-cert-auth",
                "--logger=zap"));
    arguments.addAll(
        List.of(
            "--trusted-ca-file=" + home.pki("etcd/ca.crt"),
            "--cert-file=" + home.pki("etcd/server.crt"),
            "--key-file=" + home.pki("etcd/server.key"),
            "--peer-trusted-ca-file=" + home.pki("etcd/ca.crt"),
            "--peer-cert-file=" + home.pki("etcd/peer.crt"),
            "--peer-key-file=" + home.pki("etcd/peer.key")));
    return arguments;
  }

  private List<String> apiServer() {
    var arguments =
        new ArrayList<>(
            List.of(
                "--bind-address=" + controlPlane(),
                "--advertise-address=" + controlPlane(),
                "--secure-port=" + REST_PORT,
                "--grpc-port=" + GRPC_PORT,
                "--etcd-servers=https://" + controlPlane() + ":" + ETCD_PORT,
                "--etcd-cafile=" + home.pki("etcd/ca.crt"),
                "--etcd-certfile=" + home.pki("apiserver-etcd-client.crt"),
                "--etcd-keyfile=" + home.pki("apiserver-etcd-client.key"),
                "--client-ca-file=" + home.pki("ca.crt"),
                "--tls-cert-file=" + home.pki("apiserver.crt"),
                "--tls-private-key-file=" + home.pki("apiserver.key"),
                "--kubelet-certificate-authority=" + home.pki("ca.crt"),
                "--kubelet-client-certificate=" + home.pki("apiserver-kubelet-client.crt"),
                "--kubelet-client-key=" + home.pki("apiserver-kubelet-client.key"),
                "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
                "--service-account-key-file=" + home.pki("sa.pub"),
                "--service-account-signing-key-file=" + home.pki("sa.key"),
                "--service-cluster-ip-range=" + SERVICE_CIDR,
                "--proxy-client-cert-file=" + home.pki("front-proxy-client.crt"),
                "--proxy-client-key-file=" + home.pki("front-proxy-client.key"),
                "--requestheader-client-ca-file=" + home.pki("front-proxy-ca.crt"),
                "--requestheader-allowed-names=front-proxy-client",
                "--enable-bootstrap-token-auth=true",
                "--authorization-mode=Node,RBAC"));
    if (Files.exists(home.auditPolicy())) {
      arguments.add("--audit-policy-file=" + home.auditPolicy());
      arguments.add("--audit-log-path=" + home.auditLog());
    }
    return arguments;
  }

  private List<String> controllerManager() {
    return List.of(
        "--kubeconfig=" + home.kubeconfig("controller-manager"),
        "--bind-address=" + controlPlane(),
        "--secure-port=" + CONTROLLER_MANAGER_PORT,
        "--cluster-cidr=" + POD_CIDR,
        "--root-ca-file=" + home.pki("ca.crt"),
        "--cluster-signing-cert-file=" + home.pki("ca.crt"),
        "--cluster-signing-key-file=" + home.pki("ca.key"),
        "--service-account-private-key-file=" + home.pki("sa.key"),
        "--leader-elect=true");
  }

  private List<String> scheduler() {
    return List.of(
        "--kubeconfig=" + home.kubeconfig("scheduler"),
        "--bind-address=" + controlPlane(),
        "--secure-port=" + SCHEDULER_PORT,
        "--leader-elect=true");
  }

  private List<String> kubelet(LabNode node) {
    String address = topology.address(node);
    return List.of(
        "--kubeconfig=" + home.kubeconfig("kubelet-" + node.name()),
        "--hostname-override=" + node.name(),
        "--node-ip=" + address,
        "--address=" + address,
        "--port=" + KUBELET_PORT,
        "--healthz-bind-address=" + address,
        "--healthz-port=" + KUBELET_HEALTH_PORT,
        "--client-ca-file=" + home.pki("ca.crt"),
        "--tls-cert-file=" + home.pki("kubelet-" + node.name() + ".crt"),
        "--tls-private-key-file=" + home.pki("kubelet-" + node.name() + ".key"));
  }

  private List<String> kubeProxy(LabNode node) {
    String address = topology.address(node);
    return List.of(
        "--kubeconfig=" + home.kubeconfig("kube-proxy"),
        "--hostname-override=" + node.name(),
        "--kernel-address=" + address + ":" + KUBELET_PORT,
        "--healthz-bind-address=" + address + ":" + PROXY_HEALTH_PORT,
        "--metrics-bind-address=" + address + ":" + PROXY_METRICS_PORT,
        "--cluster-cidr=" + POD_CIDR);
  }

  private String controlPlane() {
    return topology.block().controlPlane();
  }
}
