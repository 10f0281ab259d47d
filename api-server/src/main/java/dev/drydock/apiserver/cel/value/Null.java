package dev.drydock.apiserver.cel.value;

/// CEL's `null`.
public enum Null {
  NULL;

  @Override
  public String toString() {
    return "null";
  }
}
