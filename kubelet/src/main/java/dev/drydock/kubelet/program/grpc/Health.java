package dev.drydock.kubelet.program.grpc;

/// Says how a server, or a part of it, is.
@FunctionalInterface
public interface Health {

  /// @param service the part; empty: the server
  Answer check(String service);

  /// What a call of `grpc.health.v1.Health/Check` comes to.
  sealed interface Answer {

    /// @param serving how the service is
    record Status(Serving serving) implements Answer {}

    /// @param code by its number in gRPC
    record Failed(int code, String message) implements Answer {}
  }

  /// How a service is.
  enum Serving {
    UNKNOWN(0),
    SERVING(1),
    NOT_SERVING(2),
    SERVICE_UNKNOWN(3);

    private final int number;

    Serving(int number) {
      this.number = number;
    }

    /// On the wire.
    int number() {
      return number;
    }

    static Serving of(int number) {
      for (Serving serving : values()) {
        if (serving.number == number) {
          return serving;
        }
      }
      return UNKNOWN;
    }
  }

  /// Of a service that the server knows nothing of.
  static Answer unknownService() {
    return new Answer.Failed(Codes.NOT_FOUND, "unknown service");
  }
}
