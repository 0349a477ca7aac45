package dev.tritontube.bench.media;

import java.io.PrintStream;
import java.util.Locale;

/// A table that is printed row by row as it is measured, under a title.
final class Rows {
  private static final String NAME = "| %-24s |";
  private static final String FIGURE = " %9s |";

  private final PrintStream out;

  /// @param name of the first column
  /// @param heads of the others
  Rows(PrintStream out, String title, String name, Object... heads) {
    this.out = out;
    out.printf("%n%s%n%n", title);
    add(name, heads);
    out.println(("|" + "-".repeat(26) + "|") + ("-".repeat(11) + "|").repeat(heads.length));
  }

  /// @param figures fractions are printed with two digits after the point, NaN as a dash
  void add(String name, Object... figures) {
    StringBuilder row = new StringBuilder(NAME.formatted(name));
    for (Object figure : figures) {
      row.append(FIGURE.formatted(text(figure)));
    }
    out.println(row);
    out.flush();
  }

  private static String text(Object figure) {
    if (figure instanceof Double number) {
      return number.isNaN() ? "-" : String.format(Locale.ROOT, "%.2f", number);
    }
    return figure.toString();
  }
}
