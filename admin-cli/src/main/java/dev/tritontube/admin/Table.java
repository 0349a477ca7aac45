package dev.tritontube.admin;

import java.util.ArrayList;
import java.util.List;

/// Rows of text under a heading, in aligned columns. What looks like a number is aligned to the
/// right.
final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  Table(String... heading) {
    rows.add(List.of(heading));
  }

  Table row(Object... cells) {
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(String.valueOf(cell));
    }
    rows.add(row);
    return this;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        line.append(padded(row.get(column), column)).append("  ");
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString().stripTrailing();
  }

  private String padded(String cell, int column) {
    int width = rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    String gap = " ".repeat(width - cell.length());
    return isNumeric(column) ? gap + cell : cell + gap;
  }

  private boolean isNumeric(int column) {
    return rows.stream()
        .skip(1)
        .map(row -> row.get(column))
        .allMatch(
            cell -> !cell.isEmpty() && Character.isDigit(cell.charAt(0)) && !cell.contains(":"));
  }
}
