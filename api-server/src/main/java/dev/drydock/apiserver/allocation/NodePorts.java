package dev.drydock.apiserver.allocation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.random.RandomGenerator;

/// Gives out node ports: several at once, all or none.
public final class NodePorts {
  /// Stands for "any" in an order.
  public static final int ANY = 0;

  private final int lowest;
  private final int highest;
  private final PortBook book;
  private final RandomGenerator random;

  /// @param random safe for all threads
  public NodePorts(int lowest, int highest, PortBook book, RandomGenerator random) {
    this.lowest = lowest;
    this.highest = highest;
    this.book = book;
    this.random = random;
  }

  /// Takes one port for each order.
  ///
  /// @param orders a port, or [#ANY]
  /// @throws AllocationException when one of them can't be had; then none is taken
  public List<Integer> take(List<Integer> orders) {
    return orders.isEmpty() ? List.of() : book.change(taken -> fill(taken, orders));
  }

  /// Ports as [#take] would give them, not taken: for rehearsals.
  public List<Integer> suggest(List<Integer> orders) {
    if (orders.isEmpty()) {
      return List.of();
    }
    return book.change(
        taken -> {
          BitSet before = (BitSet) taken.clone();
          List<Integer> filled = fill(taken, orders);
          taken.clear();
          taken.or(before);
          return filled;
        });
  }

  public void giveBack(Collection<Integer> ports) {
    if (!ports.isEmpty()) {
      book.change(
          taken -> {
            ports.forEach(port -> taken.clear(port - lowest, port - lowest + 1));
            return ports;
          });
    }
  }

  private List<Integer> fill(BitSet taken, List<Integer> orders) {
    var ports = new ArrayList<Integer>(orders);
    for (int i = 0; i < ports.size(); i++) {
      int port = ports.get(i);
      if (port != ANY) {
        check(port);
        if (taken.get(port - lowest)) {
          throw new AllocationException("provided port is already allocated");
        }
        taken.set(port - lowest);
      }
    }
    for (int i = 0; i < ports.size(); i++) {
      if (ports.get(i) == ANY) {
        ports.set(i, any(taken));
      }
    }
    return List.copyOf(ports);
  }

  private int any(BitSet taken) {
    int size = highest - lowest + 1;
    int reserved = Math.min(Math.max(16, size / 32), 128);
    int first = size > reserved * 2 ? reserved : 0;
    int offset = taken.nextClearBit(first + random.nextInt(size - first));
    if (offset >= size) {
      offset = taken.nextClearBit(first);
    }
    if (offset >= size) {
      offset = taken.nextClearBit(0);
    }
    if (offset >= size) {
      throw new AllocationException("range is full");
    }
    taken.set(offset);
    return lowest + offset;
  }

  /// Checks that a port is in the range.
  public void check(int port) {
    if (port < lowest || port > highest) {
      throw new AllocationException(
          "provided port is not in the valid range. The range of valid ports is "
              + lowest
              + "-"
              + highest);
    }
  }

  /// Writes down ports that are in use, and strikes out those that are not.
  ///
  /// @param inUse by objects that are stored
  /// @param leaked taken for a long time without being in use
  public void repair(Collection<Integer> inUse, Collection<Integer> leaked) {
    book.change(
        taken -> {
          for (int port : leaked) {
            taken.clear(port - lowest);
          }
          for (int port : inUse) {
            if (port >= lowest && port <= highest) {
              taken.set(port - lowest);
            }
          }
          return inUse;
        });
  }

  /// All ports that are taken now.
  public List<Integer> taken() {
    return book.change(taken -> taken.stream().map(offset -> lowest + offset).boxed().toList());
  }
}
