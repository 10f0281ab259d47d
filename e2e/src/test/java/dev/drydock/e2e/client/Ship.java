package dev.drydock.e2e.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

/// A custom resource as a program that uses fabric8's client declares it.
@Group("drydock.test")
@Version("v1")
public final class Ship extends CustomResource<Ship.Spec, Ship.Status> implements Namespaced {
  private static final long serialVersionUID = 1;

  /// What is wanted.
  public static final class Spec {
    private int masts;
    private String flag = "";

    public int getMasts() {
      return masts;
    }

    public void setMasts(int masts) {
      this.masts = masts;
    }

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public String getFlag() {
      return flag;
    }

    public void setFlag(String flag) {
      this.flag = flag;
    }
  }

  /// What is.
  public static final class Status {
    private String place = "";

    public String getPlace() {
      return place;
    }

    public void setPlace(String place) {
      this.place = place;
    }
  }
}
