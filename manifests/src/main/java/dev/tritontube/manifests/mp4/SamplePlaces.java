package dev.tritontube.manifests.mp4;

import java.util.Optional;

/// Walks over the places of a track's samples in the file (ISO/IEC 14496-12, 8.7.3 to 8.7.5)
/// without unpacking them.
final class SamplePlaces {
  private final Fields sizes;
  private final long constantSize;
  private final Fields chunks;
  private final boolean wideOffsets;
  private int chunksLeft;
  private final Fields groups;
  private int groupsLeft;
  private long nextGroup;
  private long samplesPerChunk;
  private long chunk;
  private long leftInChunk;
  private long position;
  private long offset;
  private long size;

  SamplePlaces(Box table) throws MalformedMp4Exception {
    sizes = table.child("stsz").fields().skip(4);
    constantSize = sizes.u32();
    sizes.skip(4);
    Optional<Box> narrow = table.optionalChild("stco");
    wideOffsets = narrow.isEmpty();
    chunks = (wideOffsets ? table.child("co64") : narrow.get()).fields().skip(4);
    chunksLeft = chunks.count(wideOffsets ? 8 : 4);
    groups = table.child("stsc").fields().skip(4);
    groupsLeft = groups.count(12);
    nextGroup = groupsLeft > 0 ? groups.u32() : 0;
  }

  /// Goes to the next sample.
  void next() throws MalformedMp4Exception {
    while (leftInChunk == 0) {
      nextChunk();
    }
    leftInChunk--;
    offset = position;
    size = constantSize > 0 ? constantSize : sizes.u32();
    position += size;
    if (size > Integer.MAX_VALUE || position < 0) {
      throw new MalformedMp4Exception("a sample of %d bytes at %d".formatted(size, offset));
    }
  }

  /// Its first byte in the file.
  long offset() {
    return offset;
  }

  int size() {
    return (int) size;
  }

  private void nextChunk() throws MalformedMp4Exception {
    if (chunksLeft == 0) {
      throw new MalformedMp4Exception("there are fewer chunks than samples call for");
    }
    chunksLeft--;
    chunk++;
    while (groupsLeft > 0 && nextGroup <= chunk) {
      samplesPerChunk = groups.u32();
      if (groups.u32() != 1) {
        throw new MalformedMp4Exception("samples of several descriptions");
      }
      groupsLeft--;
      nextGroup = groupsLeft > 0 ? groups.u32() : 0;
    }
    position = wideOffsets ? chunks.u63() : chunks.u32();
    leftInChunk = samplesPerChunk;
  }
}
