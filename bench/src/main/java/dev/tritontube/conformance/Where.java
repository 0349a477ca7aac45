package dev.tritontube.conformance;

import java.net.URI;

/// How files are called in findings.
final class Where {
  private Where() {}

  /// The last two names of a path: `360p/3.m4s`.
  static String of(URI address) {
    String[] names = address.getPath().split("/");
    return names.length < 2
        ? address.getPath()
        : names[names.length - 2] + "/" + names[names.length - 1];
  }
}
