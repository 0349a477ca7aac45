package dev.tritontube.manifests.mp4;

import static dev.tritontube.manifests.mp4.BoxBytes.box;
import static dev.tritontube.manifests.mp4.BoxBytes.ints;
import static dev.tritontube.manifests.mp4.BoxBytes.join;
import static dev.tritontube.manifests.mp4.BoxBytes.shorts;
import static dev.tritontube.manifests.mp4.BoxBytes.text;

/// Writes the init segment of a track, in CMAF's form: track 1, no edit list, no samples.
final class InitWriter {
  static final int TRACK = 1;

  private static final int UNITY = 0x0001_0000;
  private static final int UNDETERMINED = 0x55C4;
  private static final int FULL_VOLUME = 0x0100;

  private InitWriter() {}

  /// What differs between pictures and sound.
  ///
  /// @param header the `vmhd` or `smhd` box
  private record Media(String handler, String name, byte[] header, int volume) {
    static final Media PICTURES = new Media("vide", "video", box("vmhd", ints(1, 0, 0)), 0);
    static final Media SOUND = new Media("soun", "sound", box("smhd", ints(0, 0)), FULL_VOLUME);
  }

  /// @param description the `stsd` box
  static byte[] pictures(long timescale, int width, int height, byte[] description) {
    return write(
        timescale, track(Media.PICTURES, timescale, ints(width << 16, height << 16), description));
  }

  /// @param description the `stsd` box
  static byte[] sound(long timescale, byte[] description) {
    return write(timescale, track(Media.SOUND, timescale, ints(0, 0), description));
  }

  private static byte[] write(long timescale, byte[] track) {
    byte[] mvhd =
        join(
            ints(0, 0, 0, (int) timescale, 0, UNITY),
            shorts(0x0100, 0),
            ints(0, 0),
            matrix(),
            ints(0, 0, 0, 0, 0, 0, TRACK + 1));
    return join(
        box("ftyp", text("cmfc"), ints(0), text("iso6"), text("cmfc"), text("mp41")),
        box(
            "moov",
            box("mvhd", mvhd),
            track,
            box("mvex", box("trex", ints(0, TRACK, 1, 0, 0, 0)))));
  }

  private static byte[] track(Media media, long timescale, byte[] size, byte[] description) {
    int enabledAndShown = 7;
    byte[] tkhd =
        join(
            ints(enabledAndShown, 0, 0, TRACK, 0, 0, 0, 0),
            shorts(0, 0, media.volume(), 0),
            matrix(),
            size);
    byte[] mdhd = join(ints(0, 0, 0, (int) timescale, 0), shorts(UNDETERMINED, 0));
    byte[] hdlr = join(ints(0, 0), text(media.handler()), ints(0, 0, 0), text(media.name() + "\0"));
    byte[] dref = join(ints(0, 1), box("url ", ints(1)));
    byte[] table =
        join(
            description,
            box("stts", ints(0, 0)),
            box("stsc", ints(0, 0)),
            box("stsz", ints(0, 0, 0)),
            box("stco", ints(0, 0)));
    byte[] minf = join(media.header(), box("dinf", box("dref", dref)), box("stbl", table));
    return box(
        "trak",
        box("tkhd", tkhd),
        box("mdia", box("mdhd", mdhd), box("hdlr", hdlr), box("minf", minf)));
  }

  static byte[] matrix() {
    return ints(UNITY, 0, 0, 0, UNITY, 0, 0, 0, 0x4000_0000);
  }
}
