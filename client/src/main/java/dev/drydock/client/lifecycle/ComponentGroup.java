package dev.drydock.client.lifecycle;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Parts that start in order and close in reverse. When one does not start, those before it are
/// closed and the failure is thrown.
public final class ComponentGroup implements Component {
  private static final Logger LOG = LoggerFactory.getLogger(ComponentGroup.class);

  private final List<Component> parts;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final List<Component> started = new ArrayList<>();

  public ComponentGroup(List<? extends Component> parts) {
    this.parts = List.copyOf(parts);
  }

  public static ComponentGroup of(Component... parts) {
    return new ComponentGroup(List.of(parts));
  }

  /// A part with nothing to start.
  public static Component closing(Runnable close) {
    return new Component() {
      @Override
      public void start() {}

      @Override
      public void close() {
        close.run();
      }
    };
  }

  @Override
  public void start() {
    for (Component part : parts) {
      try {
        part.start();
      } catch (RuntimeException failure) {
        close();
        throw failure;
      }
      synchronized (lock) {
        started.add(part);
      }
    }
  }

  @Override
  public void close() {
    List<Component> toClose;
    synchronized (lock) {
      toClose = started.reversed().stream().toList();
      started.clear();
    }
    for (Component part : toClose) {
      try {
        part.close();
      } catch (RuntimeException failure) {
        LOG.warn("{} did not close: {}", part.getClass().getSimpleName(), failure.toString());
      }
    }
  }
}
