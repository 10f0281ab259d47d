package dev.drydock.client.lifecycle;

import dev.drydock.client.log.InteractionLog;
import dev.drydock.client.time.Timers;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// A process's command line: the picocli-annotated flags, and what to run with them.
public interface ComponentCommand {

  /// The shared flags (a picocli mixin of the command).
  CommonFlags common();

  /// Wires the component. Called after the flags were read and logging was set up, and again, for
  /// a new component, whenever the last one gave up.
  ///
  /// @throws RuntimeException one line for people; the process ends with exit code 1
  Component build(Surroundings surroundings);

  /// What only a `Main` may take from the outside world, handed on to the parts.
  ///
  /// @param fail gives up, for this reason: the component is closed and a new one built; for when
  ///     going on would be wrong, such as after losing an election
  record Surroundings(
      InstantSource clock,
      Timers timers,
      RandomGenerator random,
      InteractionLog log,
      Consumer<String> fail) {}
}
