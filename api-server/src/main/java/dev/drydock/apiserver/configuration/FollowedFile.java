package dev.drydock.apiserver.configuration;

import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.time.Timers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/// What a file says, read again soon after it changed. A change that can't be understood leaves
/// what was known in force.
public final class FollowedFile<T> implements Component, Supplier<T> {
  private static final Logger LOG = Logger.getLogger(FollowedFile.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Path file;
  private final Function<String, T> reading;
  private final Timers timers;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile String text;
  private volatile T known;
  private volatile boolean closed;

  /// Reads the file.
  ///
  /// @param reading throws [IllegalArgumentException] for what it does not understand
  /// @throws IllegalArgumentException when there is nothing to begin with
  public FollowedFile(Path file, Function<String, T> reading, Timers timers) {
    this.file = file;
    this.reading = reading;
    this.timers = timers;
    this.text = content(file);
    this.known = reading.apply(text);
  }

  private static String content(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + file, e);
    }
  }

  /// What it said when it was last understood.
  @Override
  public T get() {
    return known;
  }

  /// Also does this whenever it says something new; must not block for long.
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  @Override
  public void start() {
    timers.after(PAUSE, this::look);
  }

  @Override
  public void close() {
    closed = true;
  }

  private void look() {
    if (closed) {
      return;
    }
    try {
      String now = content(file);
      if (!now.equals(text)) {
        text = now;
        known = reading.apply(now);
        LOG.info("read again: " + file);
        listeners.forEach(Runnable::run);
      }
    } catch (RuntimeException wrong) {
      LOG.log(Level.WARNING, "{0} stays as it was known: {1}", new Object[] {file, wrong});
    }
    timers.after(PAUSE, this::look);
  }
}
