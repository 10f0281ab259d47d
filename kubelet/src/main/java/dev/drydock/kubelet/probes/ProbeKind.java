package dev.drydock.kubelet.probes;

/// The three probes, by the words that events use.
public enum ProbeKind {
  STARTUP("Startup"),
  READINESS("Readiness"),
  LIVENESS("Liveness");

  private final String word;

  ProbeKind(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
