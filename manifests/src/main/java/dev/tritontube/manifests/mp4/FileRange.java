package dev.tritontube.manifests.mp4;

/// Bytes of a file.
public record FileRange(long offset, long length) {
  long end() {
    return offset + length;
  }
}
