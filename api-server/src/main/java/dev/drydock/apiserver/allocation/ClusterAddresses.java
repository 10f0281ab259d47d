package dev.drydock.apiserver.allocation;

import dev.drydock.apiserver.allocation.AddressBook.Holder;
import java.util.random.RandomGenerator;

/// Gives out cluster addresses. Two api-servers may do so at once: an address is taken by writing
/// it into the book, which only one can. Addresses that nobody asked for by name come from the
/// upper part of the range, so that the lower ones stay free for those that are.
public final class ClusterAddresses {
  private static final int RANDOM_TRIES = 8;

  private final AddressRange range;
  private final AddressBook book;
  private final RandomGenerator random;

  /// @param random safe for all threads
  public ClusterAddresses(AddressRange range, AddressBook book, RandomGenerator random) {
    this.range = range;
    this.book = book;
    this.random = random;
  }

  public AddressRange range() {
    return range;
  }

  /// Takes any free address.
  ///
  /// @throws AllocationException when there is none
  public String takeAny(Holder holder) {
    long reserved = Math.min(Math.max(16, range.size() / 16), 256);
    long first = Math.min(reserved, range.size() - 1);
    long upper = Math.max(1, range.size() - 1 - first);
    long start = random.nextLong(upper);
    for (int tries = 0; tries < RANDOM_TRIES; tries++) {
      String address = range.address(first + start);
      if (isFree(address) && book.take(address, holder)) {
        return address;
      }
      start = random.nextLong(upper);
    }
    for (long i = 0; i < range.size() - 2; i++) {
      long offset = 1 + (first - 1 + start + i) % (range.size() - 2);
      String address = range.address(offset);
      if (isFree(address) && book.take(address, holder)) {
        return address;
      }
    }
    throw new AllocationException("range is full");
  }

  /// Any free address, not taken: for rehearsals.
  public String suggest() {
    for (long i = range.size() - 2; i > 0; i--) {
      if (isFree(range.address(i))) {
        return range.address(i);
      }
    }
    throw new AllocationException("range is full");
  }

  /// Takes that address. What the holder holds already can be taken again.
  ///
  /// @throws AllocationException when it is not in the range, or somebody holds it
  public void take(String address, Holder holder) {
    check(address);
    if (!book.take(address, holder) && !book.holder(address).filter(holder::equals).isPresent()) {
      throw new AllocationException("provided IP is already allocated");
    }
  }

  /// Checks that an address could be taken.
  public void check(String address) {
    if (!range.hasUsable(address)) {
      throw new AllocationException(
          "provided IP is not in the valid range. The range of valid IPs is " + range.cidr());
    }
  }

  /// Writes down what is in use already.
  public void write(String address, Holder holder) {
    book.take(address, holder);
  }

  public void giveBack(String address, Holder holder) {
    book.giveBack(address, holder);
  }

  private boolean isFree(String address) {
    return range.hasUsable(address) && !book.seemsTaken(address);
  }
}
