package dev.tritontube.bench;

import java.io.PrintStream;

/// The table that is printed, row by row as it is measured.
final class Table {
  private static final String ROW = "| %-38s | %9s | %7s | %9s | %9s | %9s | %8s |%n";

  private final PrintStream out;

  Table(PrintStream out) {
    this.out = out;
    out.printf(ROW, "what", "size", "clients", "MB/s", "p50 ms", "p99 ms", "CPU s/GB");
    out.printf(ROW.replace(' ', '-').replace("%-38s", "%38s"), "-", "-", "-", "-", "-", "-", "-");
  }

  void row(String what, long sizeBytes, int clients, Figures figures) {
    out.printf(
        ROW,
        what,
        size(sizeBytes),
        clients,
        "%.0f".formatted(figures.megabytesPerSecond()),
        "%.2f".formatted(figures.medianMillis()),
        "%.2f".formatted(figures.p99Millis()),
        "%.2f".formatted(figures.cpuSecondsPerGb()));
    out.flush();
  }

  private static String size(long bytes) {
    return bytes % (1 << 20) == 0 ? (bytes >> 20) + " MiB" : "%.0f KiB".formatted(bytes / 1024.0);
  }
}
