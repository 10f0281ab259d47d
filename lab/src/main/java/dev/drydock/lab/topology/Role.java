package dev.drydock.lab.topology;

/// What a process of the lab is.
public enum Role {
  ETCD("etcd", ""),
  API_SERVER("api-server", "dev.drydock.apiserver.Main"),
  CONTROLLER_MANAGER("controller-manager", "dev.drydock.controllers.Main"),
  SCHEDULER("scheduler", "dev.drydock.scheduler.Main"),
  KUBELET("kubelet", "dev.drydock.kubelet.Main"),
  KUBE_PROXY("kube-proxy", "dev.drydock.kubeproxy.Main");

  private final String title;
  private final String mainClass;

  Role(String title, String mainClass) {
    this.title = title;
    this.mainClass = mainClass;
  }

  public String title() {
    return title;
  }

  /// Empty for etcd, which is no Java program.
  public String mainClass() {
    return mainClass;
  }

  /// Whether each node has one.
  public boolean isPerNode() {
    return switch (this) {
      case KUBELET, KUBE_PROXY -> true;
      case ETCD, API_SERVER, CONTROLLER_MANAGER, SCHEDULER -> false;
    };
  }
}
