package dev.drydock.lab.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A process of the lab that is there, running or paused.
public final class RunningProcess {
  private final ProcessHandle handle;

  RunningProcess(ProcessHandle handle) {
    this.handle = handle;
  }

  public long pid() {
    return handle.pid();
  }

  public Instant started() {
    return handle.info().startInstant().orElse(Instant.EPOCH);
  }

  public boolean isAlive() {
    return handle.isAlive();
  }

  /// Whether the process is stopped by a signal (state T in `/proc`).
  public boolean isPaused() {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid() + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
    } catch (IOException | IndexOutOfBoundsException e) {
      return false;
    }
  }

  /// Its share of the machine's memory in KiB (PSS: shared pages are divided); 0 when not known.
  public long proportionalKilobytes() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid() + "/smaps_rollup"))) {
        if (line.startsWith("Pss:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
      }
    } catch (IOException e) {
      return 0;
    }
    return 0;
  }

  public void kill() {
    handle.destroyForcibly();
    await(Duration.ofSeconds(5));
  }

  public void pause() {
    signal("STOP");
  }

  public void resume() {
    signal("CONT");
  }

  /// Asks the process to end, and wakes it up for that when it is paused.
  void requestStop() {
    handle.destroy();
    if (isPaused()) {
      resume();
    }
  }

  /// Waits for the end; kills the process when the time is over.
  void awaitStop(Duration patience) {
    if (!await(patience)) {
      kill();
    }
  }

  private boolean await(Duration patience) {
    try {
      handle.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new LabException("can't wait for process " + pid(), e);
    }
  }

  private void signal(String name) {
    try {
      Process kill =
          new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid())
              .redirectErrorStream(true)
              .start();
      String output = new String(kill.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (kill.waitFor() != 0) {
        throw new LabException("can't send " + name + " to process " + pid() + ": " + output);
      }
    } catch (IOException e) {
      throw new LabException("can't send " + name + " to process " + pid(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted while signalling process " + pid(), e);
    }
  }
}
