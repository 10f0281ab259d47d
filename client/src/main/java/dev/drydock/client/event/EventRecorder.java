package dev.drydock.client.event;

import io.fabric8.kubernetes.api.model.HasMetadata;

/// Tells people what a component did, as Kubernetes events. Returns at once; equal events are
/// counted in one object; losing one is allowed, failing is not.
public interface EventRecorder {

  /// @param about the object that the event is shown with
  /// @param reason one word in upper camel case: `Scheduled`
  /// @param message a sentence for people
  void record(HasMetadata about, Type type, String reason, String message);

  /// Kubernetes' two event types.
  enum Type {
    NORMAL("Normal"),
    WARNING("Warning");

    private final String text;

    Type(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }
}
