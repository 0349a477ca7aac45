package dev.tritontube.web.packaging;

import dev.tritontube.manifests.mp4.AacSegments;
import dev.tritontube.manifests.mp4.AacTrack;
import dev.tritontube.manifests.mp4.ByteSource;
import dev.tritontube.manifests.mp4.Remux;
import dev.tritontube.manifests.presentation.Timeline;
import java.io.IOException;

/// A track of an original as a representation. Immutable.
sealed interface CopiedTrack {
  Timeline timeline();

  byte[] init();

  /// Bytes of a segment on the timeline.
  long length(long number);

  /// What precedes the samples of a segment on the timeline.
  byte[] head(long number);

  /// A whole segment on the timeline.
  ///
  /// @param file the one whose track this is
  byte[] segment(long number, ByteSource file) throws IOException;

  /// Of which tables are in memory.
  long samples();

  record Pictures(Remux remux) implements CopiedTrack {
    @Override
    public Timeline timeline() {
      return remux.timeline();
    }

    @Override
    public byte[] init() {
      return remux.init();
    }

    @Override
    public long length(long number) {
      return remux.length(number);
    }

    @Override
    public byte[] head(long number) {
      return remux.head(number);
    }

    @Override
    public byte[] segment(long number, ByteSource file) throws IOException {
      return remux.segment(number, file);
    }

    @Override
    public long samples() {
      return remux.timeline().ticks() / remux.frameTicks();
    }
  }

  /// @param copy says with which frame the timeline begins
  record Sound(AacTrack frames, EncodingPlan.SoundCopy copy, Timeline timeline)
      implements CopiedTrack {
    @Override
    public byte[] init() {
      return AacSegments.init(frames.channels(), (int) copy.bandwidth().average());
    }

    @Override
    public long length(long number) {
      return frames.length(timeline.segment(number), copy.firstFrame());
    }

    @Override
    public byte[] head(long number) {
      return frames.head(timeline.segment(number), copy.firstFrame());
    }

    @Override
    public byte[] segment(long number, ByteSource file) throws IOException {
      return frames.segment(timeline.segment(number), copy.firstFrame(), file);
    }

    @Override
    public long samples() {
      return frames.count();
    }
  }
}
