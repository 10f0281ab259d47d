package dev.drydock.testkit.api;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.client.event.EventRecorder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Remembers what was recorded.
public final class RecordedEvents implements EventRecorder {
  private final List<Recorded> all = new CopyOnWriteArrayList<>();

  /// One recorded event.
  public record Recorded(String kind, ObjectKey about, Type type, String reason, String message) {
    /// `Normal Scheduled Pod default/web: Successfully assigned …`.
    @Override
    public String toString() {
      return type.text() + " " + reason + " " + kind + " " + about + ": " + message;
    }
  }

  @Override
  public void record(HasMetadata about, Type type, String reason, String message) {
    all.add(new Recorded(about.getKind(), ObjectKey.of(about), type, reason, message));
  }

  /// In order.
  public List<Recorded> all() {
    return List.copyOf(all);
  }

  /// Only the reasons, in order.
  public List<String> reasons() {
    return all.stream().map(Recorded::reason).toList();
  }
}
