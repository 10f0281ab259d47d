package dev.drydock.apiserver.registry.workload;

import java.util.ArrayList;
import java.util.List;

/// Indexes of an indexed Job as its fields write them: `1,3-5,7`.
///
/// @param parts those that can be read, in the order in which they stand
/// @param problem what is wrong with the text; empty: nothing
record IndexIntervals(List<Interval> parts, String problem) {

  IndexIntervals {
    parts = List.copyOf(parts);
  }

  /// @param completions the lowest number that is no index any more
  static IndexIntervals parse(String text, long completions) {
    var parts = new ArrayList<Interval>();
    String problem = "";
    long last = -1;
    for (String part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      String wrong = "";
      Interval interval = new Interval(0, -1);
      try {
        interval = Interval.parse(part, completions);
        parts.add(interval);
        if (interval.first() <= last) {
          wrong = order(last, interval.first());
        }
        last = interval.last();
      } catch (IllegalArgumentException e) {
        wrong = String.valueOf(e.getMessage());
      }
      problem = problem.isEmpty() ? wrong : problem;
    }
    return new IndexIntervals(parts, problem);
  }

  /// How many indexes there are; none when something is wrong.
  long size() {
    return problem.isEmpty() ? parts.stream().mapToLong(Interval::size).sum() : 0;
  }

  /// The lowest index that is in both; -1: none is.
  long firstShared(IndexIntervals other) {
    for (Interval one : parts) {
      for (Interval two : other.parts) {
        if (one.first() <= two.last() && two.first() <= one.last()) {
          return Math.max(one.first(), two.first());
        }
      }
    }
    return -1;
  }

  private static String order(long previous, long current) {
    return "non-increasing order, previous: " + previous + ", current: " + current;
  }

  /// From one index to another, both included.
  record Interval(long first, long last) {

    private static Interval parse(String part, long completions) {
      String[] ends = part.split("-", -1);
      if (ends.length > 2) {
        throw new IllegalArgumentException(
            "the fragment \""
                + part
                + "\" violates the requirement that an index interval can have at most two parts"
                + " separated by '-'");
      }
      long first = index(ends[0], completions);
      if (ends.length == 1) {
        return new Interval(first, first);
      }
      long last = index(ends[1], completions);
      if (first >= last) {
        throw new IllegalArgumentException(order(first, last));
      }
      return new Interval(first, last);
    }

    private static long index(String text, long completions) {
      if (!text.matches("[+]?[0-9]{1,18}")) {
        throw new IllegalArgumentException(
            "cannot convert string to integer for index: \"" + text + '"');
      }
      long index = Long.parseLong(text);
      if (index >= completions) {
        throw new IllegalArgumentException("too large index: \"" + text + '"');
      }
      return index;
    }

    private long size() {
      return last - first + 1;
    }
  }
}
