package dev.drydock.kubelet.runtime;

import dev.drydock.kubelet.files.Mount;
import dev.drydock.kubelet.image.Image;
import dev.drydock.kubelet.network.PodNetwork;
import dev.drydock.kubelet.program.Identity;
import dev.drydock.kubelet.program.Signal;
import dev.drydock.kubelet.program.User;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A container to be started; everything is resolved.
public record ContainerSpec(
    Identity identity,
    Image image,
    Command command,
    Files files,
    PodNetwork network,
    Console console,
    Ending ending) {

  /// What it sees beside its image.
  ///
  /// @param root what it may do to the image's files
  public record Files(List<Mount> mounts, Mount.Access root) {
    public Files {
      mounts = List.copyOf(mounts);
    }
  }

  /// What to run.
  ///
  /// @param line program and arguments; never empty
  /// @param directory where it begins
  public record Command(
      List<String> line, Map<String, String> environment, String directory, User user) {
    public Command {
      line = List.copyOf(line);
      environment = Map.copyOf(environment);
    }
  }

  /// What the standard streams of the first process are.
  public record Console(Input input, Kind kind) {
    public static final Console NONE = new Console(Input.CLOSED, Kind.PIPES);

    /// Standard input.
    public enum Input {
      CLOSED,
      OPEN,
      /// It ends with the first who attached to it.
      ONCE
    }

    /// Whether there is a terminal.
    public enum Kind {
      PIPES,
      TERMINAL
    }
  }

  /// How a container is asked to end, and where its last words come from.
  ///
  /// @param signal none: one that no program here listens to, so only `KILL` ends it
  public record Ending(Optional<Signal> signal, String messagePath, MessagePolicy policy) {}

  /// The pod's `terminationMessagePolicy`.
  public enum MessagePolicy {
    FILE,
    FALLBACK_TO_LOGS_ON_ERROR
  }
}
