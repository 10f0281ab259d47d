package dev.drydock.client.cause;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Revision;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// The revisions that made the running code act. Every write that is made inside names them to the
/// api-server, which keeps them in the ledger.
///
/// A new thread has no causes: carry a [Scope] over with [#current()] and [Scope#run].
public final class Causes {
  /// How many revisions a write names: the newest.
  public static final int MOST = 16;

  private static final ScopedValue<Scope> CURRENT = ScopedValue.newInstance();

  private Causes() {}

  /// Causes, and who wants to know of the writes that they lead to.
  ///
  /// @param revisions the newest first, at most [#MOST]
  public record Scope(List<Revision> revisions, WriteListener writes) {
    public static final Scope NONE = new Scope(List.of(), (_, _) -> {});

    public Scope {
      revisions = newest(revisions);
    }

    /// Runs the task with these causes in the calling thread.
    public void run(Runnable task) {
      ScopedValue.where(CURRENT, this).run(task);
    }

    /// Runs the task with these causes in the calling thread and gives back its result.
    public <R, X extends Throwable> R call(ScopedValue.CallableOp<? extends R, X> task) throws X {
      return ScopedValue.where(CURRENT, this).<R, X>call(task);
    }
  }

  /// Hears of every successful write that is made in a scope. May be called from many threads.
  @FunctionalInterface
  public interface WriteListener {
    void wrote(ResourceType type, Revision revision);
  }

  /// Runs the task with these causes instead of the current ones.
  public static void with(Collection<Revision> revisions, Runnable task) {
    new Scope(List.copyOf(revisions), current().writes()).run(task);
  }

  /// The scope of the calling thread; [Scope#NONE] outside any.
  public static Scope current() {
    return CURRENT.orElse(Scope.NONE);
  }

  /// For the client library: a write succeeded.
  public static void wrote(ResourceType type, Revision revision) {
    current().writes().wrote(type, revision);
  }

  /// Value of the header `drydock-cause`; empty when nothing is known.
  public static String header() {
    return current().revisions().stream().map(Revision::toString).collect(Collectors.joining(","));
  }

  /// The newest of these revisions, newest first, without doubles, at most [#MOST].
  public static List<Revision> newest(Collection<Revision> revisions) {
    return revisions.stream()
        .filter(revision -> !revision.isNone())
        .distinct()
        .sorted(Comparator.reverseOrder())
        .limit(MOST)
        .toList();
  }
}
