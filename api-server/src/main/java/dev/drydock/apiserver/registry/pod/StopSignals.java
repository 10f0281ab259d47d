package dev.drydock.apiserver.registry.pod;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// With which signals a pod may want its containers stopped: those that its operating system has,
/// so it has to name that.
///
/// Source: the field's documentation, and KEP-4960.
final class StopSignals {
  private static final List<String> WINDOWS = List.of("SIGKILL", "SIGTERM");
  private static final String STANDARD =
      "SIGABRT SIGALRM SIGBUS SIGCHLD SIGCLD SIGCONT SIGFPE SIGHUP SIGILL SIGINT SIGIO SIGIOT"
          + " SIGKILL SIGPIPE SIGPOLL SIGPROF SIGPWR SIGQUIT SIGRTMAX SIGRTMIN SIGSEGV SIGSTKFLT"
          + " SIGSTOP SIGSYS SIGTERM SIGTRAP SIGTSTP SIGTTIN SIGTTOU SIGURG SIGUSR1 SIGUSR2"
          + " SIGVTALRM SIGWINCH SIGXCPU SIGXFSZ";
  private static final List<String> LINUX =
      Stream.of(
              Stream.of(STANDARD.split(" ")),
              IntStream.rangeClosed(1, 15).mapToObj(i -> "SIGRTMIN+" + i),
              IntStream.rangeClosed(1, 14).mapToObj(i -> "SIGRTMAX-" + i))
          .flatMap(names -> names)
          .sorted()
          .toList();

  private StopSignals() {}

  static void check(Field signal, Field system, Violations found) {
    if (!signal.isPresent()) {
      return;
    }
    if (system.isEmpty()) {
      found.forbidden(signal, "may not be set for containers with empty `spec.os.name`");
    } else {
      found.oneOf(signal, system.text().equals("windows") ? WINDOWS : LINUX);
    }
  }
}
