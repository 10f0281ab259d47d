package dev.drydock.apiserver.registry.workload;

import dev.drydock.api.time.GoDuration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Reads the schedule of a CronJob only to say what is wrong with it, in the words of the parser
/// that the real server uses.
///
/// Source: messages of `robfig/cron` version 3, standard parser.
final class CronSchedule {
  private static final Set<String> DESCRIPTORS =
      Set.of("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly");
  private static final List<String> MONTHS =
      List.of(
          "", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
  private static final List<Bounds> FIELDS =
      List.of(
          new Bounds(0, 59, Map.of()),
          new Bounds(0, 23, Map.of()),
          new Bounds(1, 31, Map.of()),
          new Bounds(1, 12, names(MONTHS, 1)),
          new Bounds(0, 6, names(DAYS, 0)));

  private CronSchedule() {}

  /// What is wrong with a schedule.
  static final class BadScheduleException extends Exception {
    private static final long serialVersionUID = 1L;

    BadScheduleException(String message) {
      super(message);
    }

    String words() {
      return String.valueOf(getMessage());
    }
  }

  private record Bounds(int lowest, int highest, Map<String, Integer> names) {}

  static void check(String schedule) throws BadScheduleException {
    if (schedule.isEmpty()) {
      throw new BadScheduleException("empty spec string");
    }
    String text = schedule;
    if (text.startsWith("TZ=") || text.startsWith("CRON_TZ=")) {
      int space = text.indexOf(' ');
      text = space < 0 ? "" : text.substring(space).strip();
    }
    if (text.startsWith("@")) {
      checkDescriptor(text);
      return;
    }
    String[] fields = text.strip().split("\\s+", -1);
    int count = text.isBlank() ? 0 : fields.length;
    if (count != FIELDS.size()) {
      throw new BadScheduleException(
          "expected exactly 5 fields, found "
              + count
              + ": ["
              + (count == 0 ? "" : String.join(" ", fields))
              + "]");
    }
    for (int i = 0; i < FIELDS.size(); i++) {
      for (String part : fields[i].split(",", -1)) {
        if (!part.isEmpty()) {
          checkRange(part, FIELDS.get(i));
        }
      }
    }
  }

  private static void checkDescriptor(String descriptor) throws BadScheduleException {
    if (DESCRIPTORS.contains(descriptor)) {
      return;
    }
    if (!descriptor.startsWith("@every ")) {
      throw new BadScheduleException("unrecognized descriptor: " + descriptor);
    }
    try {
      GoDuration.parse(descriptor.substring("@every ".length()));
    } catch (IllegalArgumentException e) {
      throw new BadScheduleException(
          "failed to parse duration " + descriptor + ": " + e.getMessage());
    }
  }

  private static void checkRange(String expression, Bounds bounds) throws BadScheduleException {
    String[] rangeAndStep = expression.split("/", -1);
    String[] ends = rangeAndStep[0].split("-", -1);
    boolean all = ends[0].equals("*") || ends[0].equals("?");
    int start = bounds.lowest();
    int end = bounds.highest();
    if (!all) {
      start = number(ends[0], bounds);
      if (ends.length > 2) {
        throw new BadScheduleException("too many hyphens: " + expression);
      }
      end = ends.length == 2 ? number(ends[1], bounds) : start;
    }
    int step = 1;
    if (rangeAndStep.length > 2) {
      throw new BadScheduleException("too many slashes: " + expression);
    } else if (rangeAndStep.length == 2) {
      step = number(rangeAndStep[1], new Bounds(0, 0, Map.of()));
      if (ends.length == 1) {
        end = bounds.highest();
      }
    }
    checkBounds(expression, start, end, step, bounds);
  }

  private static void checkBounds(String expression, int start, int end, int step, Bounds bounds)
      throws BadScheduleException {
    String problem = "";
    if (start < bounds.lowest()) {
      problem = "beginning of range (" + start + ") below minimum (" + bounds.lowest() + ")";
    } else if (end > bounds.highest()) {
      problem = "end of range (" + end + ") above maximum (" + bounds.highest() + ")";
    } else if (start > end) {
      problem = "beginning of range (" + start + ") beyond end of range (" + end + ")";
    } else if (step == 0) {
      problem = "step of range should be a positive number";
    }
    if (!problem.isEmpty()) {
      throw new BadScheduleException(problem + ": " + expression);
    }
  }

  private static int number(String text, Bounds bounds) throws BadScheduleException {
    Integer named = bounds.names().get(text.toLowerCase(Locale.ROOT));
    if (named != null) {
      return named;
    }
    try {
      int number = Integer.parseInt(text);
      if (number < 0) {
        throw new BadScheduleException("negative number (" + number + ") not allowed: " + text);
      }
      return number;
    } catch (NumberFormatException _) {
      throw new BadScheduleException(
          "failed to parse int from "
              + text
              + ": strconv.Atoi: parsing \""
              + text
              + "\": invalid syntax");
    }
  }

  private static Map<String, Integer> names(List<String> words, int first) {
    var map = new java.util.HashMap<String, Integer>();
    for (int i = first; i < words.size(); i++) {
      map.put(words.get(i), i);
    }
    return Map.copyOf(map);
  }
}
