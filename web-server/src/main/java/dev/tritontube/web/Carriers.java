package dev.tritontube.web;

/// How many platform threads carry the virtual ones. A call into SQLite or the file system holds on
/// to its carrier, so on a small machine one per core is too few: two syncs at once would stop
/// everything else.
final class Carriers {
  private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";
  private static final int MIN = 8;

  private Carriers() {}

  /// To be called before the first virtual thread starts.
  static void choose() {
    if (System.getProperty(PARALLELISM) == null) {
      int carriers = Math.max(MIN, Runtime.getRuntime().availableProcessors());
      System.setProperty(PARALLELISM, Integer.toString(carriers));
    }
  }
}
