package dev.drydock.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/// Collects figures: prints each as it comes, gives all as JSON.
final class Report {
  private final PrintStream out;
  private final List<Figure> figures = new ArrayList<>();
  private String group = "";

  Report(PrintStream out) {
    this.out = out;
  }

  void add(String inGroup, String name, double value, String unit) {
    if (!group.equals(inGroup)) {
      group = inGroup;
      out.println(group);
    }
    figures.add(new Figure(inGroup, name, value, unit));
    out.printf(Locale.ROOT, "  %-58s %12s %s%n", name, number(value), unit);
  }

  String json() {
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(figures);
  }

  private static String number(double value) {
    return value >= 100
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%.2f", value);
  }
}
