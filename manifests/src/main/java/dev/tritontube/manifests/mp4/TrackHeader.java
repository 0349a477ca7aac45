package dev.tritontube.manifests.mp4;

/// A track as the `moov` box describes it.
///
/// @param id as fragments refer to it
/// @param handler `vide` or `soun`, or what else it is
/// @param timescale ticks a second
/// @param edited whether an edit list shifts or cuts it
public record TrackHeader(long id, String handler, long timescale, Format format, boolean edited) {
  static TrackHeader parse(Box trak) throws MalformedMp4Exception {
    Box media = trak.child("mdia");
    Box table = media.child("minf").child("stbl");
    String handler = media.child("hdlr").fields().skip(8).fourCharacters();
    return new TrackHeader(
        id(trak.child("tkhd").fields()),
        handler,
        timescale(media.child("mdhd").fields()),
        SampleEntries.format(handler, table.child("stsd")),
        trak.optionalChild("edts").isPresent());
  }

  /// Reads the timescale of `mvhd` or `mdhd`.
  static long timescale(Fields header) throws MalformedMp4Exception {
    int version = header.u8();
    long timescale = header.skip(3 + (version == 1 ? 16 : 8)).u32();
    if (timescale == 0) {
      throw new MalformedMp4Exception("a timescale is 0");
    }
    return timescale;
  }

  private static long id(Fields header) throws MalformedMp4Exception {
    int version = header.u8();
    return header.skip(3 + (version == 1 ? 16 : 8)).u32();
  }
}
