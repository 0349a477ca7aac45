package dev.tritontube.manifests.mp4;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the `traf` of a fragment: ISO/IEC 14496-12, 8.8.7 (`tfhd`), 8.8.8 (`trun`) and 8.8.12
/// (`tfdt`).
final class FragmentReader {
  private static final int MAX_SAMPLES = 100_000;
  private static final int HEADER_BASE_OFFSET = 0x1;
  private static final int HEADER_DESCRIPTION = 0x2;
  private static final int HEADER_DURATION = 0x8;
  private static final int HEADER_SIZE = 0x10;
  private static final int HEADER_FLAGS = 0x20;
  private static final int RUN_DATA_OFFSET = 0x1;
  private static final int RUN_FIRST_FLAGS = 0x4;
  private static final int RUN_DURATION = 0x100;
  private static final int RUN_SIZE = 0x200;
  private static final int RUN_FLAGS = 0x400;
  private static final int RUN_COMPOSITION = 0x800;
  private static final int NO_SYNC = 0x1_0000;

  private final ByteBuffer bytes;
  private final long length;
  private final InitSegment init;
  private final List<Sample> samples = new ArrayList<>();
  private long position;

  /// @param bytes up to the end of the `moof` at least
  /// @param length of all of the fragment
  FragmentReader(ByteBuffer bytes, long length, InitSegment init) {
    this.bytes = bytes;
    this.length = length;
    this.init = init;
  }

  Fragment read() throws MalformedMp4Exception {
    List<Box> boxes = Box.list(bytes);
    Box moof = Box.required(boxes, "moof");
    List<Box> children = moof.children();
    Box traf = Box.required(children, "traf");
    if (children.stream().filter(box -> box.type().equals("traf")).count() > 1) {
      throw new MalformedMp4Exception("a fragment of more than one track");
    }
    Fields header = traf.child("tfhd").fields();
    int flags = header.i32();
    long track = header.u32();
    SampleDefaults defaults = defaults(header, flags, init.defaults(track));
    position = moof.start();
    for (Box box : traf.children()) {
      if (box.type().equals("trun")) {
        run(box.fields(), moof.start(), defaults);
      }
    }
    if (samples.isEmpty()) {
      throw new MalformedMp4Exception("a fragment without samples");
    }
    Optional<Box> time = traf.optionalChild("tfdt");
    return new Fragment(
        moof.child("mfhd").fields().skip(4).u32(),
        track,
        time.isPresent() ? DecodeTime.read(time.get().fields()) : 0,
        samples);
  }

  private static SampleDefaults defaults(Fields header, int flags, SampleDefaults fallback)
      throws MalformedMp4Exception {
    if ((flags & HEADER_BASE_OFFSET) != 0) {
      throw new MalformedMp4Exception("a fragment that refers to positions in its file");
    }
    if ((flags & HEADER_DESCRIPTION) != 0) {
      header.skip(4);
    }
    return new SampleDefaults(
        (flags & HEADER_DURATION) != 0 ? header.u32() : fallback.duration(),
        (flags & HEADER_SIZE) != 0 ? header.u32() : fallback.size(),
        (flags & HEADER_FLAGS) != 0 ? header.i32() : fallback.flags());
  }

  private void run(Fields run, int base, SampleDefaults defaults) throws MalformedMp4Exception {
    int versionAndFlags = run.i32();
    long count = run.u32();
    if (samples.size() + count > MAX_SAMPLES) {
      throw new MalformedMp4Exception("a fragment of more than " + MAX_SAMPLES + " samples");
    }
    if ((versionAndFlags & RUN_DATA_OFFSET) != 0) {
      position = base + (long) run.i32();
    }
    int firstFlags = (versionAndFlags & RUN_FIRST_FLAGS) != 0 ? run.i32() : defaults.flags();
    SampleDefaults first = new SampleDefaults(defaults.duration(), defaults.size(), firstFlags);
    for (long i = 0; i < count; i++) {
      sample(run, versionAndFlags, i == 0 ? first : defaults);
    }
  }

  private void sample(Fields run, int versionAndFlags, SampleDefaults defaults)
      throws MalformedMp4Exception {
    long duration = (versionAndFlags & RUN_DURATION) != 0 ? run.u32() : defaults.duration();
    long size = (versionAndFlags & RUN_SIZE) != 0 ? run.u32() : defaults.size();
    int flags = (versionAndFlags & RUN_FLAGS) != 0 ? run.i32() : defaults.flags();
    long composition = 0;
    if ((versionAndFlags & RUN_COMPOSITION) != 0) {
      composition = versionAndFlags >>> 24 == 0 ? run.u32() : run.i32();
    }
    if (position < 0 || position + size > length) {
      throw new MalformedMp4Exception(
          "a sample of %d bytes at %d of %d".formatted(size, position, length));
    }
    samples.add(
        new Sample((int) position, (int) size, duration, composition, (flags & NO_SYNC) == 0));
    position += size;
  }
}
