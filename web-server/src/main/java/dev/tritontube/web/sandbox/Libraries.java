package dev.tritontube.web.sandbox;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What a program needs of the machine to begin at all: the loader, its libraries, and what the C
/// library looks at.
final class Libraries {
  private static final List<String> FOLDERS =
      List.of(
          "/lib",
          "/lib64",
          "/usr/lib",
          "/usr/lib64",
          "/usr/local/lib",
          "/usr/local/lib64",
          "/nix/store",
          "/gnu/store",
          "/sys/devices/system/cpu",
          "/sys/devices/system/node");

  private static final List<String> FILES =
      List.of(
          "/etc/ld.so.cache",
          "/etc/ld.so.preload",
          "/etc/ld-musl-x86_64.path",
          "/etc/ld-musl-aarch64.path",
          "/etc/localtime",
          "/dev/zero",
          "/dev/random",
          "/dev/urandom");

  private static final List<String> LOADER_FOLDERS =
      List.of("/lib64", "/lib", "/lib/x86_64-linux-gnu", "/lib/aarch64-linux-gnu");

  private static final Path CONFIGURED = Path.of("/etc/ld.so.conf.d");

  private Libraries() {}

  /// What is only read.
  ///
  /// @param searched folders, as `LD_LIBRARY_PATH` has them
  static Set<Path> readable(String searched) throws IOException {
    Set<Path> readable = new LinkedHashSet<>();
    Stream.of(FOLDERS, FILES).flatMap(List::stream).map(Path::of).forEach(readable::add);
    Stream.of(searched.split(":", -1))
        .filter(folder -> folder.startsWith("/"))
        .map(Path::of)
        .forEach(readable::add);
    readable.addAll(configured());
    return readable;
  }

  /// The programs that load the others' libraries.
  static List<Path> loaders() throws IOException {
    List<Path> loaders = new ArrayList<>();
    for (String folder : LOADER_FOLDERS) {
      if (Files.isDirectory(Path.of(folder))) {
        addAll(loaders, Path.of(folder), "ld-*.so*");
      }
    }
    return loaders;
  }

  /// Other folders of libraries that the system's administrator named.
  private static List<Path> configured() throws IOException {
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(CONFIGURED)) {
      addAll(files, CONFIGURED, "*.conf");
    }
    List<Path> folders = new ArrayList<>();
    for (Path file : files) {
      try (Stream<String> lines = Files.lines(file)) {
        lines
            .filter(line -> line.startsWith("/"))
            .map(String::strip)
            .map(Path::of)
            .forEach(folders::add);
      }
    }
    return folders;
  }

  private static void addAll(List<Path> found, Path folder, String pattern) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, pattern)) {
      entries.forEach(found::add);
    }
  }
}
