package dev.tritontube.web.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What the sandbox of this system keeps from programs.
///
/// @param files whether they read no file but their own libraries, and write none
/// @param ports whether they connect to no TCP port but the one named
/// @param signals whether they signal no other process
/// @param calls whether they have no network but TCP, no other process and no call of the kernel
///   that decoding does not need
public record Protection(boolean files, boolean ports, boolean signals, boolean calls) {
  /// Where there is no sandbox, or it is switched off.
  public static final Protection NONE = new Protection(false, false, false, false);

  /// The parts by name, and whether they are there.
  public Map<String, Boolean> parts() {
    return Map.of("files", files, "ports", ports, "signals", signals, "calls", calls);
  }

  /// Whether there is all that there can be.
  public boolean complete() {
    return missing().isEmpty();
  }

  /// What is not kept from them, for people; empty when it is complete.
  public List<String> missing() {
    List<String> missing = new ArrayList<>();
    if (!files) {
      missing.add("the files that the server can read");
    }
    if (!ports) {
      missing.add("other TCP ports");
    }
    if (!signals) {
      missing.add("signals to other processes");
    }
    if (!calls) {
      missing.add("networks but TCP, other processes, rare calls of the kernel");
    }
    return missing;
  }
}
