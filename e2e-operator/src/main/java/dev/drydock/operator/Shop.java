package dev.drydock.operator;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

/// A shop: so many servers that greet with a text.
@Group("operator.drydock.test")
@Version("v1")
public final class Shop extends CustomResource<Shop.Spec, Shop.Status> implements Namespaced {
  private static final long serialVersionUID = 1;

  /// What is wanted.
  public static final class Spec {
    private int servers;
    private String greeting = "";

    public int getServers() {
      return servers;
    }

    public void setServers(int servers) {
      this.servers = servers;
    }

    public String getGreeting() {
      return greeting;
    }

    public void setGreeting(String greeting) {
      this.greeting = greeting;
    }
  }

  /// What is.
  public static final class Status {
    private int ready;
    private long observedGeneration;
    private String seenBy = "";

    public int getReady() {
      return ready;
    }

    public void setReady(int ready) {
      this.ready = ready;
    }

    public long getObservedGeneration() {
      return observedGeneration;
    }

    public void setObservedGeneration(long observedGeneration) {
      this.observedGeneration = observedGeneration;
    }

    public String getSeenBy() {
      return seenBy;
    }

    public void setSeenBy(String seenBy) {
      this.seenBy = seenBy;
    }
  }
}
