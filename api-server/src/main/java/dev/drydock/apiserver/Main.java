package dev.drydock.apiserver;

import dev.drydock.client.lifecycle.ComponentMain;

/// The process `kube-apiserver`.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(ComponentMain.run("kube-apiserver", new ApiServerCommand(), arguments));
  }
}
