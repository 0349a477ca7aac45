package dev.tritontube.manifests.mp4;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything that was split off a stream.
final class Split implements SegmentSplitter.Sink {
  record Part(byte[] bytes, Fragment fragment) {}

  private byte[] initBytes = {};
  private @Nullable InitSegment init;
  private final List<Part> parts = new ArrayList<>();

  static Split of(byte[] file) throws IOException {
    return of(new ByteArrayInputStream(file));
  }

  static Split of(InputStream file) throws IOException {
    Split split = new Split();
    new SegmentSplitter(16 << 20).split(file, split);
    return split;
  }

  @Override
  public void init(byte[] bytes, InitSegment parsed) {
    initBytes = bytes;
    init = parsed;
  }

  @Override
  public void fragment(byte[] bytes, Fragment fragment) {
    parts.add(new Part(bytes, fragment));
  }

  byte[] initBytes() {
    return initBytes;
  }

  InitSegment init() {
    if (init == null) {
      throw new AssertionError("no init segment was split off");
    }
    return init;
  }

  List<Part> parts() {
    return parts;
  }
}
