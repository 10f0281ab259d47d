package dev.drydock.lab.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// All certificates, keys and kubeconfigs of a lab, below one folder, with the file names of
/// kubeadm. Three authorities: the cluster's; etcd's own, which has signed no client but the
/// api-server, so that nobody else can write to the store; and that of the front proxy, the only
/// one whom extension api-servers believe who asks.
public final class LabPki {
  /// The identity in the kubeconfig that people give to programs of their own.
  private static final String PERSON = "users/person";

  /// A certificate that ends sooner than this is made anew.
  private static final Duration RENEWAL = Duration.ofDays(30);

  private final Path home;
  private final InstantSource clock;
  private final CertificateAuthority cluster;
  private final CertificateAuthority etcd;
  private final CertificateAuthority frontProxy;
  private final SecureRandom random;

  private LabPki(
      Path home,
      InstantSource clock,
      CertificateAuthority cluster,
      CertificateAuthority etcd,
      CertificateAuthority frontProxy,
      SecureRandom random) {
    this.home = home;
    this.clock = clock;
    this.cluster = cluster;
    this.etcd = etcd;
    this.frontProxy = frontProxy;
    this.random = random;
  }

  /// @param home the lab's state folder; certificates go to `pki/`, kubeconfigs beside it
  public static LabPki in(Path home, InstantSource clock)
      throws IOException, GeneralSecurityException {
    var random = new SecureRandom();
    Path pki = home.resolve("pki");
    Files.createDirectories(pki.resolve("etcd"));
    return new LabPki(
        home,
        clock,
        CertificateAuthority.loadOrCreate(pki, "ca", "kubernetes", clock, random),
        CertificateAuthority.loadOrCreate(pki.resolve("etcd"), "ca", "etcd-ca", clock, random),
        CertificateAuthority.loadOrCreate(pki, "front-proxy-ca", "front-proxy-ca", clock, random),
        random);
  }

  /// Makes what is missing, about to expire, or for other addresses than before.
  ///
  /// @param endpoints where components and people find the control plane
  /// @return what was made, by file name
  public List<String> ensure(List<NodeIdentity> nodes, Endpoints endpoints)
      throws IOException, GeneralSecurityException {
    var made = new ArrayList<String>();
    Subject admin = Subject.client("kubernetes-admin", "system:masters");
    Beside person = Beside.begin(more -> identity(cluster, PERSON, admin, more));
    List<String> etcdHosts = with(endpoints.hosts(), "localhost", "127.0.0.1", "etcd");
    identity(etcd, "etcd/server", new Subject("etcd", List.of(), etcdHosts), made);
    identity(etcd, "etcd/peer", new Subject("etcd", List.of(), etcdHosts), made);
    identity(etcd, "apiserver-etcd-client", Subject.client("kube-apiserver-etcd-client"), made);
    identity(cluster, "apiserver", apiServer(endpoints), made);
    identity(
        cluster,
        "apiserver-kubelet-client",
        Subject.client("kube-apiserver-kubelet-client", "kubeadm:cluster-admins"),
        made);
    identity(frontProxy, "front-proxy-client", Subject.client("front-proxy-client"), made);
    serviceAccountKeys(made);
    identity(cluster, "users/kubeconfig", admin, made);
    kubeconfig("drydock.conf", "users/kubeconfig", admin.name(), endpoints.component(), made);
    user("scheduler.conf", Subject.client("system:kube-scheduler"), endpoints, made);
    user(
        "controller-manager.conf",
        Subject.client("system:kube-controller-manager"),
        endpoints,
        made);
    user("kube-proxy.conf", Subject.client("system:kube-proxy"), endpoints, made);
    for (NodeIdentity node : nodes) {
      node(node, endpoints, made);
    }
    made.addAll(person.made());
    kubeconfig("kubeconfig", PERSON, admin.name(), endpoints.person(), made);
    return List.copyOf(made);
  }

  /// The identity of one node: client of the api-server and server of its kubelet's port.
  private void node(NodeIdentity node, Endpoints endpoints, List<String> made)
      throws IOException, GeneralSecurityException {
    String file = "kubelet-" + node.name();
    String user = "system:node:" + node.name();
    identity(cluster, file, new Subject(user, List.of("system:nodes"), node.hosts()), made);
    kubeconfig(file + ".conf", file, user, endpoints.component(), made);
  }

  private static Subject apiServer(Endpoints endpoints) {
    return new Subject(
        "kube-apiserver",
        List.of(),
        with(
            endpoints.hosts(),
            "kubernetes",
            "kubernetes.default",
            "kubernetes.default.svc",
            "kubernetes.default.svc.cluster.local",
            "localhost",
            "api-server",
            "10.96.0.1",
            "127.0.0.1"));
  }

  private void user(String file, Subject subject, Endpoints endpoints, List<String> made)
      throws IOException, GeneralSecurityException {
    String identity = "users/" + file.replace(".conf", "");
    identity(cluster, identity, subject, made);
    kubeconfig(file, identity, subject.name(), endpoints.component(), made);
  }

  private void identity(
      CertificateAuthority authority, String name, Subject subject, List<String> made)
      throws IOException, GeneralSecurityException {
    Path certificate = file(name + ".crt");
    Path key = file(name + ".key");
    Path forWhom = file(name + ".for");
    String wanted = subject.toString();
    if (Files.exists(key)
        && Files.exists(certificate)
        && Files.exists(forWhom)
        && Files.readString(forWhom).equals(wanted)
        && isFresh(Pem.certificate(certificate), authority)) {
      return;
    }
    KeyAndCertificate issued =
        name.equals(PERSON) ? authority.issueWithRsa(subject) : authority.issue(subject);
    Pem.writeSecret(key, Pem.of(issued.key()));
    Files.writeString(certificate, Pem.of(issued.certificate()));
    Files.writeString(forWhom, wanted);
    made.add(name);
  }

  private boolean isFresh(X509Certificate certificate, CertificateAuthority authority) {
    return certificate
            .getIssuerX500Principal()
            .equals(authority.certificate().getSubjectX500Principal())
        && certificate.getNotAfter().toInstant().isAfter(clock.instant().plus(RENEWAL));
  }

  private void kubeconfig(
      String file, String identity, String user, String server, List<String> made)
      throws IOException, GeneralSecurityException {
    String text =
        Kubeconfig.text(
            server,
            user,
            Pem.of(cluster.certificate()),
            Files.readString(file(identity + ".crt")),
            Files.readString(file(identity + ".key")));
    Path path = home.resolve(file);
    if (!Files.exists(path) || !Files.readString(path).equals(text)) {
      Pem.writeSecret(path, text);
      made.add(file);
    }
  }

  private void serviceAccountKeys(List<String> made) throws IOException, GeneralSecurityException {
    if (Files.exists(file("sa.key")) && Files.exists(file("sa.pub"))) {
      return;
    }
    KeyPair keys = CertificateAuthority.newKeys(random);
    Pem.writeSecret(file("sa.key"), Pem.of(keys.getPrivate()));
    Files.writeString(file("sa.pub"), Pem.of(keys.getPublic()));
    made.add("sa");
  }

  private Path file(String name) {
    return home.resolve("pki").resolve(name);
  }

  private static List<String> with(List<String> hosts, String... more) {
    var all = new ArrayList<>(hosts);
    for (String one : more) {
      if (!all.contains(one)) {
        all.add(one);
      }
    }
    return List.copyOf(all);
  }
}
