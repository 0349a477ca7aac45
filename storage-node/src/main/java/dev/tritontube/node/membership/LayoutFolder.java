package dev.tritontube.node.membership;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.tritontube.ring.Layout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The newest layouts in files named `{epoch}.layout`, each the layout's canonical encoding.
///
/// A file appears whole or not at all: it is written under another name, synced, renamed, and the
/// folder is synced. Not thread-safe.
final class LayoutFolder {
  static final int KEPT = 3;

  private static final Logger LOG = LoggerFactory.getLogger(LayoutFolder.class);
  private static final String SUFFIX = ".layout";

  private final Path folder;

  /// @param folder made when it is missing
  LayoutFolder(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder);
  }

  /// What is there, oldest first. A file that cannot be read as a layout is passed over: the
  /// authority gives a good one before the node serves.
  List<Layout> load() throws IOException {
    List<Layout> layouts = new ArrayList<>();
    for (Path file : files()) {
      try {
        layouts.add(Layout.decode(Files.readAllBytes(file)));
      } catch (IllegalArgumentException damaged) {
        LOG.warn("passing over {}: {}", file, damaged.getMessage());
      }
    }
    layouts.sort(Comparator.comparingLong(Layout::epoch));
    return layouts;
  }

  /// Adds a layout and drops all but the newest. Durable when it returns.
  void add(Layout layout) throws IOException {
    Path target = folder.resolve(name(layout.epoch()));
    Path partial = folder.resolve(name(layout.epoch()) + ".part");
    try (FileChannel channel = FileChannel.open(partial, CREATE, WRITE, TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(layout.encode());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    List<Path> files = files();
    for (Path old : files.subList(0, Math.max(0, files.size() - KEPT))) {
      Files.delete(old);
    }
    syncFolder();
  }

  /// Oldest first: the names have a fixed width.
  private List<Path> files() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    }
  }

  private void syncFolder() throws IOException {
    try (FileChannel channel = FileChannel.open(folder, READ)) {
      channel.force(true);
    }
  }

  private static String name(long epoch) {
    return "%020d".formatted(epoch) + SUFFIX;
  }
}
