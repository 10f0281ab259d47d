package dev.drydock.apiserver.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// The last interactions, bounded by number and by size; the oldest go first. Appending takes
/// no lock and waits for nobody.
///
/// Sequence numbers begin at 1 and have no gaps; a reader that finds the oldest kept number
/// beyond the one it wants has missed entries.
public final class Ledger {
  public static final int DEFAULT_ENTRIES = 50_000;
  public static final long DEFAULT_BYTES = 12L << 20;

  private final AtomicReferenceArray<Sequenced> ring;
  private final long maxBytes;
  private final AtomicLong lastTaken = new AtomicLong();
  private final AtomicLong oldest = new AtomicLong(1);
  private final AtomicLong bytes = new AtomicLong();
  private final CopyOnWriteArrayList<Runnable> followers = new CopyOnWriteArrayList<>();

  public Ledger(int maxEntries, long maxBytes) {
    this.ring = new AtomicReferenceArray<>(maxEntries);
    this.maxBytes = maxBytes;
  }

  /// Ends the calls of [#follow].
  public interface Following extends AutoCloseable {
    @Override
    void close();
  }

  /// An entry with its place.
  public record Sequenced(long sequence, LedgerEntry entry) {}

  /// Part of the ledger.
  ///
  /// @param next where to go on reading
  /// @param oldestKept the oldest sequence number that is still there
  public record Excerpt(List<Sequenced> entries, long next, long oldestKept) {}

  /// Keeps the entry and wakes those who follow.
  public long append(LedgerEntry entry) {
    long sequence = lastTaken.incrementAndGet();
    var placed = new Sequenced(sequence, entry);
    bytes.addAndGet(entry.weight());
    Sequenced replaced = ring.getAndSet(slot(sequence), placed);
    if (replaced != null) {
      bytes.addAndGet(-replaced.entry().weight());
      raiseOldest(replaced.sequence() + 1);
    }
    while (bytes.get() > maxBytes && oldest.get() < sequence) {
      dropOldest();
    }
    for (Runnable follower : followers) {
      follower.run();
    }
    return sequence;
  }

  /// What is kept from that sequence number on, at most so many.
  public Excerpt read(long from, int limit) {
    long oldestKept = oldest.get();
    long next = Math.max(from, oldestKept);
    long last = lastTaken.get();
    List<Sequenced> entries = new ArrayList<>();
    while (next <= last && entries.size() < limit) {
      Sequenced found = ring.get(slot(next));
      if (found == null || found.sequence() < next) {
        if (next >= oldest.get()) {
          break; // taken, but not in its place yet
        }
        next = oldest.get(); // dropped while we read
        continue;
      }
      if (found.sequence() == next) {
        entries.add(found);
      }
      next++;
    }
    return new Excerpt(entries, next, oldestKept);
  }

  /// Calls that after every entry, on the thread that appended it; it must not block.
  public Following follow(Runnable wake) {
    followers.add(wake);
    return () -> followers.remove(wake);
  }

  private int slot(long sequence) {
    return (int) (sequence % ring.length());
  }

  private void dropOldest() {
    long sequence = oldest.get();
    Sequenced entry = ring.get(slot(sequence));
    if (entry != null
        && entry.sequence() == sequence
        && ring.compareAndSet(slot(sequence), entry, null)) {
      bytes.addAndGet(-entry.entry().weight());
    }
    raiseOldest(sequence + 1);
  }

  private void raiseOldest(long sequence) {
    oldest.accumulateAndGet(sequence, Math::max);
  }
}
