package dev.drydock.kubelet.program;

/// As whom the processes of a container run. Nothing is forbidden to anybody; programs only tell.
public record User(long uid, long gid) {
  public static final User ROOT = new User(0, 0);

  /// As `/etc/passwd` has it; empty: not there.
  public String name() {
    if (uid == 0) {
      return "root";
    }
    return uid == 65534 ? "nobody" : "";
  }
}
