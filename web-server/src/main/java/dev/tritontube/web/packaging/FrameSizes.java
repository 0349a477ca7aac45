package dev.tritontube.web.packaging;

import java.util.Optional;

/// Adds up the sizes of a source's frames, in decoding order. For one thread.
final class FrameSizes {
  /// Two seconds of most: shorter, and one frame would make a stretch.
  private static final int STRETCH = 64;

  /// Of what is shorter there is too little to judge by, and to save.
  private static final int FEWEST = 300;

  private long keys;
  private long keyBytes;
  private long mostKeyBytes;
  private long others;
  private long stretchBytes;
  private long mostStretchBytes;

  void add(long bytes, boolean key) {
    if (key) {
      keys++;
      keyBytes += bytes;
      mostKeyBytes = Math.max(mostKeyBytes, bytes);
      return;
    }
    others++;
    stretchBytes += bytes;
    if (others % STRETCH == 0) {
      mostStretchBytes = Math.max(mostStretchBytes, stretchBytes);
      stretchBytes = 0;
    }
  }

  /// Empty of what is too short, and where all frames are key frames, which do not tell what
  /// changes.
  Optional<Effort> effort() {
    if (keys == 0 || keyBytes == 0 || others < STRETCH || keys + others < FEWEST) {
      return Optional.empty();
    }
    return Optional.of(
        new Effort((double) keyBytes / keys, mostKeyBytes, (double) mostStretchBytes / STRETCH));
  }
}
