package dev.tritontube.manifests.mp4;

import static dev.tritontube.manifests.mp4.BoxBytes.box;
import static dev.tritontube.manifests.mp4.BoxBytes.ints;
import static dev.tritontube.manifests.mp4.BoxBytes.join;
import static dev.tritontube.manifests.mp4.BoxBytes.longs;
import static dev.tritontube.manifests.mp4.BoxBytes.shorts;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;
import java.util.MissingResourceException;

/// The samples of a representation, collected from its fragments, as a track of a
/// [ProgressiveFile]: what of a fragment are the bytes of its samples is a chunk. For one thread
/// while fragments are added; takes 4 bytes for each sample.
public final class TrackTables {
  private static final int VERSION_1 = 1 << 24;
  private static final int SHOWN = 7;
  private static final int UNITY = 0x0001_0000;
  private static final int FULL_VOLUME = 0x0100;
  private static final int SIZE_BYTES = 8;
  private static final String UNDETERMINED = "und";

  private final InitSegment init;
  private final TrackHeader header;
  private final Box trak;
  private final String language;
  private final Runs durations = new Runs();
  private final Runs compositionOffsets = new Runs();
  private final BitSet syncs = new BitSet();
  private int[] sizes = new int[1024];
  private int samples;
  private long ticks;
  private long earliestOffset;
  private final Chunks chunks = new Chunks();

  /// @param initSegment of the representation
  /// @param language BCP 47
  public TrackTables(ByteBuffer initSegment, String language) throws MalformedMp4Exception {
    this.init = InitSegment.parse(initSegment);
    this.header = init.onlyTrack();
    this.trak = Box.required(Box.list(initSegment), "moov").child("trak");
    this.language = language;
  }

  public InitSegment init() {
    return init;
  }

  /// Takes the next fragment.
  ///
  /// @throws MalformedMp4Exception if its samples are not one after the other
  public void add(Fragment fragment) throws MalformedMp4Exception {
    long end = fragment.samples().getFirst().offset();
    chunks.add(fragment, ticks);
    for (Sample sample : fragment.samples()) {
      if (sample.offset() != end) {
        throw new MalformedMp4Exception("samples of a fragment with something between them");
      }
      end += sample.size();
      add(sample);
    }
  }

  private void add(Sample sample) throws MalformedMp4Exception {
    SampleTable.checkCount(samples + 1L);
    if (samples == sizes.length) {
      sizes = Arrays.copyOf(sizes, 2 * samples);
    }
    syncs.set(samples, sample.sync());
    sizes[samples++] = sample.size();
    durations.add(sample.duration());
    compositionOffsets.add(sample.compositionOffset());
    earliestOffset = Math.min(earliestOffset, sample.compositionOffset());
    ticks += sample.duration();
  }

  Chunks chunks() {
    return chunks;
  }

  long timescale() {
    return header.timescale();
  }

  long ticks() {
    return ticks;
  }

  private boolean pictures() {
    return header.handler().equals("vide");
  }

  /// The `trak` box.
  ///
  /// @param id of the track
  /// @param movieTimescale ticks a second of the whole movie
  /// @param positions of the chunks in the file
  /// @param wide whether these need 64 bits
  byte[] trak(int id, long movieTimescale, long[] positions, boolean wide)
      throws MalformedMp4Exception {
    Box media = trak.child("mdia");
    Box information = media.child("minf");
    byte[] mdhd =
        join(
            ints(VERSION_1),
            longs(0, 0),
            ints((int) timescale()),
            longs(ticks),
            shorts(packed(language), 0));
    return box(
        "trak",
        box("tkhd", trackHeader(id, movieTimescale)),
        edits(movieTimescale),
        box(
            "mdia",
            box("mdhd", mdhd),
            copy(media.child("hdlr")),
            box(
                "minf",
                copy(information.child(pictures() ? "vmhd" : "smhd")),
                copy(information.child("dinf")),
                table(information.child("stbl").child("stsd"), positions, wide))));
  }

  private byte[] trackHeader(int id, long movieTimescale) throws MalformedMp4Exception {
    ByteBuffer fields = trak.child("tkhd").content();
    byte[] size = new byte[SIZE_BYTES];
    fields.get(fields.limit() - SIZE_BYTES, size);
    return join(
        ints(VERSION_1 | SHOWN),
        longs(0, 0),
        ints(id, 0),
        longs(inMovie(movieTimescale)),
        ints(0, 0),
        shorts(0, 0, pictures() ? 0 : FULL_VOLUME, 0),
        InitWriter.matrix(),
        size);
  }

  long inMovie(long movieTimescale) {
    return Math.ceilDiv(ticks * movieTimescale, timescale());
  }

  /// In tables offsets are not negative, as not all players take others: pictures are shown later
  /// by the most there is, and the edit list takes that back.
  private byte[] edits(long movieTimescale) {
    if (earliestOffset == 0) {
      return new byte[0];
    }
    byte[] list =
        join(ints(VERSION_1, 1), longs(inMovie(movieTimescale), -earliestOffset), ints(UNITY));
    return box("edts", box("elst", list));
  }

  private byte[] table(Box description, long[] positions, boolean wide) {
    return box(
        "stbl",
        copy(description),
        box("stts", durations.table(0)),
        compositionOffsets.isZero()
            ? new byte[0]
            : box("ctts", compositionOffsets.table(-earliestOffset)),
        syncs.cardinality() == samples ? new byte[0] : box("stss", syncTable()),
        box("stsc", chunks.samplesPerChunk()),
        box("stsz", sizeTable()),
        box(wide ? "co64" : "stco", offsets(positions, wide)));
  }

  private byte[] syncTable() {
    ByteBuffer table = ByteBuffer.allocate(8 + Integer.BYTES * syncs.cardinality());
    table.putInt(0).putInt(syncs.cardinality());
    syncs.stream().forEach(sample -> table.putInt(sample + 1));
    return table.array();
  }

  private byte[] sizeTable() {
    ByteBuffer table = ByteBuffer.allocate(12 + Integer.BYTES * samples);
    table.putInt(0).putInt(0).putInt(samples);
    for (int sample = 0; sample < samples; sample++) {
      table.putInt(sizes[sample]);
    }
    return table.array();
  }

  private static byte[] offsets(long[] positions, boolean wide) {
    int each = wide ? Long.BYTES : Integer.BYTES;
    ByteBuffer table = ByteBuffer.allocate(8 + each * positions.length);
    table.putInt(0).putInt(positions.length);
    for (long position : positions) {
      if (wide) {
        table.putLong(position);
      } else {
        table.putInt((int) position);
      }
    }
    return table.array();
  }

  private static byte[] copy(Box box) {
    byte[] content = new byte[box.content().limit()];
    box.content().get(0, content);
    return box(box.type(), content);
  }

  /// Three letters of ISO 639-2, five bits each.
  private static int packed(String language) {
    int packed = 0;
    for (char letter : threeLetters(language).toCharArray()) {
      packed = packed << 5 | letter - '`';
    }
    return packed;
  }

  private static String threeLetters(String language) {
    try {
      String code = Locale.forLanguageTag(language).getISO3Language();
      return code.matches("[a-z]{3}") ? code : UNDETERMINED;
    } catch (MissingResourceException _) {
      return UNDETERMINED;
    }
  }
}
