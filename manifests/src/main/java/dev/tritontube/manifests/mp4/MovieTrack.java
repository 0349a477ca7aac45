package dev.tritontube.manifests.mp4;

/// A track of a file. Its tables stay as they are in the file until they are asked for; what is
/// wrong with one then ends in a [MalformedMp4Exception]. Immutable.
public final class MovieTrack {
  private static final int UNITY = 0x1_0000;

  /// Where the matrix is in `tkhd` and `mvhd`, and how much later if times have 64 bits.
  private static final int TRACK_MATRIX = 40;

  private static final int MOVIE_MATRIX = 36;
  private static final int LONG_TIMES = 12;

  private final TrackHeader header;
  private final Box trak;
  private final Box table;
  private final Box movieHeader;
  private final long fileBytes;

  MovieTrack(Box trak, Box movieHeader, long fileBytes) throws MalformedMp4Exception {
    this.header = TrackHeader.parse(trak);
    this.trak = trak;
    this.table = trak.child("mdia").child("minf").child("stbl");
    this.movieHeader = movieHeader;
    this.fileBytes = fileBytes;
  }

  public TrackHeader header() {
    return header;
  }

  /// How many samples its table has, those that an edit list hides included.
  public long samples() throws MalformedMp4Exception {
    Fields sizes = table.child("stsz").fields().skip(4);
    long constantSize = sizes.u32();
    if (constantSize == 0) {
      return sizes.count(4);
    }
    long samples = sizes.u32();
    if (samples > fileBytes / constantSize) {
      throw new MalformedMp4Exception(samples + " samples are more than the file has room for");
    }
    return samples;
  }

  /// When its frames are shown, ascending, in ticks of the track from the movie's beginning;
  /// without those that the edit list hides. Agrees with ffmpeg, also in what that rounds.
  public long[] frameTimes() throws MalformedMp4Exception {
    return frameTimes(samples());
  }

  /// The same of the first so many samples alone.
  public long[] frameTimes(long first) throws MalformedMp4Exception {
    return FrameTimes.of(table, first, edits());
  }

  /// Where the first sample is, in ticks of the track from the movie's beginning: before it where
  /// an edit list hides what comes first.
  long begin() throws MalformedMp4Exception {
    EditList edits = edits();
    return edits.delay() - edits.from();
  }

  /// When what is shown of it begins, in ticks of the track from the movie's beginning.
  public long start() throws MalformedMp4Exception {
    return edits().delay();
  }

  /// How long all its samples last, those that an edit list hides included, in ticks of the track.
  public long duration() throws MalformedMp4Exception {
    return mediaTicks(samples());
  }

  /// When sound ends, by the lengths of its samples and its edit, in ticks of the track from the
  /// movie's beginning. Pictures, which are shown in another order, may end later.
  public long end() throws MalformedMp4Exception {
    return end(Long.MAX_VALUE);
  }

  /// The same of the first so many samples alone.
  public long end(long first) throws MalformedMp4Exception {
    EditList edits = edits();
    return edits.delay() + Math.max(0, Math.min(edits.to(), mediaTicks(first)) - edits.from());
  }

  /// How many samples, from the first on, lie wholly within the file: all, unless it lost its end.
  public long samplesInFile() throws MalformedMp4Exception {
    long samples = samples();
    SampleTable.checkCount(samples);
    SamplePlaces place = new SamplePlaces(table);
    for (long i = 0; i < samples; i++) {
      place.next();
      if (place.offset() + place.size() > fileBytes) {
        return i;
      }
    }
    return samples;
  }

  /// Takes the size of a sample.
  public interface SizeConsumer {
    /// @param sync whether decoding can begin with it
    void accept(long bytes, boolean sync);
  }

  /// Tells the sizes of all samples in decoding order.
  public void forEachSize(SizeConsumer sizes) throws MalformedMp4Exception {
    long samples = samples();
    SampleTable.checkCount(samples);
    SamplePlaces place = new SamplePlaces(table);
    SampleTimes time = new SampleTimes(table);
    for (long i = 0; i < samples; i++) {
      place.next();
      time.next();
      sizes.accept(place.size(), time.sync());
    }
  }

  /// Where its samples are in the file. Unpacks the tables: some 20 bytes for each sample.
  public SampleTable sampleTable() throws MalformedMp4Exception {
    return SampleTable.read(table, samples());
  }

  Box box() {
    return trak;
  }

  Box description() throws MalformedMp4Exception {
    return table.child("stsd");
  }

  /// Whether its pictures are to be shown as they are coded: not turned, mirrored or stretched.
  boolean upright() throws MalformedMp4Exception {
    return upright(trak.child("tkhd"), TRACK_MATRIX) && upright(movieHeader, MOVIE_MATRIX);
  }

  private static boolean upright(Box box, int matrix) throws MalformedMp4Exception {
    Fields header = box.fields();
    header.skip(matrix - 1 + (header.u8() == 1 ? LONG_TIMES : 0));
    int a = header.i32();
    int b = header.i32();
    int c = header.skip(4).i32();
    int d = header.i32();
    return a == UNITY && b == 0 && c == 0 && d == UNITY;
  }

  private EditList edits() throws MalformedMp4Exception {
    long movieTimescale = TrackHeader.timescale(movieHeader.fields());
    return EditList.parse(trak, header.timescale(), movieTimescale);
  }

  private long mediaTicks(long samples) throws MalformedMp4Exception {
    Fields durations = table.child("stts").fields().skip(4);
    long ticks = 0;
    long left = samples;
    for (int runs = durations.count(8); runs > 0 && left > 0; runs--) {
      long counted = Math.min(left, durations.u32());
      long product = counted * durations.u32();
      left -= counted;
      ticks += product;
      if (product < 0 || ticks < 0) {
        throw new MalformedMp4Exception("a sample table without end");
      }
    }
    return ticks;
  }
}
