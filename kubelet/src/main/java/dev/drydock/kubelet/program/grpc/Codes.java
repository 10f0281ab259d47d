package dev.drydock.kubelet.program.grpc;

import java.util.List;

/// The codes with which calls end.
public final class Codes {
  public static final int OK = 0;
  public static final int UNKNOWN = 2;
  public static final int NOT_FOUND = 5;
  public static final int UNIMPLEMENTED = 12;

  private static final List<String> NAMES =
      List.of(
          "OK",
          "Canceled",
          "Unknown",
          "InvalidArgument",
          "DeadlineExceeded",
          "NotFound",
          "AlreadyExists",
          "PermissionDenied",
          "ResourceExhausted",
          "FailedPrecondition",
          "Aborted",
          "OutOfRange",
          "Unimplemented",
          "Internal",
          "Unavailable",
          "DataLoss",
          "Unauthenticated");

  private Codes() {}

  /// As Go's programs write it.
  public static String name(int code) {
    return code >= 0 && code < NAMES.size() ? NAMES.get(code) : "Code(" + code + ")";
  }
}
