package dev.tritontube.web.packaging;

import dev.tritontube.manifests.presentation.Segment;
import dev.tritontube.manifests.presentation.Timeline;

/// Which samples an AAC encoder is given to make the frames of a span, and how many of its frames
/// are to be dropped.
///
/// A frame overlaps its neighbours, and the encoder begins with a frame of priming. So that frames
/// of two runs fit together as those of one would, a run begins some frames before its span and
/// goes on behind it.
record SoundCut(EncodingPlan plan, Span span) {
  private static final int PREROLL_FRAMES = 4;
  private static final int PRIMING_FRAMES = 1;
  private static final int FOLLOWING_FRAMES = 2;

  /// The first sample, counted from the beginning of the presentation.
  long start() {
    return wanted() - (long) preroll() * EncodingPlan.AUDIO_FRAME;
  }

  double startSeconds() {
    return (double) start() / EncodingPlan.AUDIO_RATE;
  }

  /// How many samples.
  long samples() {
    Timeline timeline = plan.audioTimeline();
    Segment last = timeline.segment(span.end() - 1);
    long frames = ceilingFrames(last.start() + last.duration() - wanted());
    return (preroll() + frames + FOLLOWING_FRAMES) * EncodingPlan.AUDIO_FRAME;
  }

  /// How many of the encoder's first frames are not wanted.
  int dropped() {
    return PRIMING_FRAMES + preroll();
  }

  private int preroll() {
    return span.first() == 0 ? 0 : PREROLL_FRAMES;
  }

  private long wanted() {
    return plan.audioTimeline().segment(span.first()).start();
  }

  private static long ceilingFrames(long samples) {
    return (samples + EncodingPlan.AUDIO_FRAME - 1) / EncodingPlan.AUDIO_FRAME;
  }
}
