package dev.tritontube.web.sandbox;

import java.util.Optional;

/// The processors for which the numbers of the system's calls are known.
enum Cpu {
  X86_64(0xC000_003E),
  AARCH64(0xC000_00B7);

  private final int audit;

  Cpu(int audit) {
    this.audit = audit;
  }

  /// How the kernel names it to filters (`AUDIT_ARCH_...` of linux/audit.h).
  int audit() {
    return audit;
  }

  /// The one of this machine; empty when it is another, or the system is not Linux.
  static Optional<Cpu> here() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return Optional.empty();
    }
    return switch (System.getProperty("os.arch")) {
      case "amd64" -> Optional.of(X86_64);
      case "aarch64" -> Optional.of(AARCH64);
      default -> Optional.empty();
    };
  }
}
