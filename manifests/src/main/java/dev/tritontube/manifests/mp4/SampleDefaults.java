package dev.tritontube.manifests.mp4;

/// What a fragment leaves out (`trex`).
record SampleDefaults(long duration, long size, int flags) {
  static final SampleDefaults NONE = new SampleDefaults(0, 0, 0);

  static SampleDefaults parse(Fields trex) throws MalformedMp4Exception {
    trex.skip(4);
    return new SampleDefaults(trex.u32(), trex.u32(), trex.i32());
  }
}
