package dev.drydock.apiserver.allocation;

import dev.drydock.apiserver.allocation.AddressBook.Holder;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Gives out cluster addresses. Two api-servers may do so at once: an address is taken by writing
/// it into the book, which only one can. Addresses that nobody asked for by name come from the
/// upper part of a range, so that the lower ones stay free for those that are; the next range is
/// for when one is full.
public final class ClusterAddresses {
  private static final int RANDOM_TRIES = 8;
  private static final String FULL = "range is full";

  private final Supplier<List<AddressRange>> ranges;
  private final AddressBook book;
  private final RandomGenerator random;

  /// @param ranges those that addresses may be taken from now; may overlap
  /// @param random safe for all threads
  public ClusterAddresses(
      Supplier<List<AddressRange>> ranges, AddressBook book, RandomGenerator random) {
    this.ranges = ranges;
    this.book = book;
    this.random = random;
  }

  /// Takes any free address.
  ///
  /// @throws AllocationException when there is none
  public String takeAny(Holder holder) {
    for (AddressRange range : ranges.get()) {
      Optional<String> taken = takeFrom(range, holder);
      if (taken.isPresent()) {
        return taken.get();
      }
    }
    throw new AllocationException(FULL);
  }

  private Optional<String> takeFrom(AddressRange range, Holder holder) {
    long reserved = Math.min(Math.max(16, range.size() / 16), 256);
    long first = Math.min(reserved, range.size() - 1);
    long upper = Math.max(1, range.size() - 1 - first);
    long start = random.nextLong(upper);
    for (int tries = 0; tries < RANDOM_TRIES; tries++) {
      String address = range.address(first + start);
      if (isFree(range, address) && book.take(address, holder)) {
        return Optional.of(address);
      }
      start = random.nextLong(upper);
    }
    for (long i = 0; i < range.size() - 2; i++) {
      long offset = 1 + (first - 1 + start + i) % (range.size() - 2);
      String address = range.address(offset);
      if (isFree(range, address) && book.take(address, holder)) {
        return Optional.of(address);
      }
    }
    return Optional.empty();
  }

  /// Any free address, not taken: for rehearsals.
  public String suggest() {
    for (AddressRange range : ranges.get()) {
      for (long i = range.size() - 2; i > 0; i--) {
        if (isFree(range, range.address(i))) {
          return range.address(i);
        }
      }
    }
    throw new AllocationException(FULL);
  }

  /// Takes that address. What the holder holds already can be taken again.
  ///
  /// @throws AllocationException when it is in no range, or somebody holds it
  public void take(String address, Holder holder) {
    check(address);
    if (!book.take(address, holder) && !book.holder(address).filter(holder::equals).isPresent()) {
      throw new AllocationException("provided IP is already allocated");
    }
  }

  /// Checks that an address could be taken.
  public void check(String address) {
    if (!isInRange(address)) {
      throw new AllocationException("the provided network does not match the current range");
    }
  }

  /// Whether the address may be taken from a range now.
  public boolean isInRange(String address) {
    return ranges.get().stream().anyMatch(range -> range.hasUsable(address));
  }

  /// Writes down what is in use already.
  public void write(String address, Holder holder) {
    book.take(address, holder);
  }

  public void giveBack(String address, Holder holder) {
    book.giveBack(address, holder);
  }

  private boolean isFree(AddressRange range, String address) {
    return range.hasUsable(address) && !book.seemsTaken(address);
  }
}
