package dev.tritontube.conformance;

import dev.tritontube.conformance.MediaTrack.Segment;
import java.util.List;

/// Bit rates of a representation, in bits a second, as the standards define them.
final class Rates {
  private Rates() {}

  /// ISO/IEC 23009-1, 5.3.5.2 and 5.3.5.4: over a line of this rate, a player that begins with any
  /// segment, and plays from `buffer` seconds after its first bit on, never waits. A segment counts
  /// as needed as a whole when its first sample is shown, which is a little stricter.
  static long neededBandwidth(MediaTrack track, double buffer) {
    double needed = 0;
    List<Segment> segments = track.segments();
    for (int first = 0; first < segments.size(); first++) {
      double bits = 0;
      for (int i = first; i < segments.size(); i++) {
        bits += segments.get(i).bytes() * (double) Byte.SIZE;
        double ahead = track.seconds(segments.get(i).start() - segments.get(first).start());
        needed = Math.max(needed, bits / (buffer + ahead));
      }
    }
    return (long) Math.floor(needed);
  }

  /// RFC 8216, 4.1: the largest rate of consecutive segments that together last 0.5 to 1.5 times
  /// the target duration; that of the whole where it is shorter.
  static double peak(MediaTrack track, double target) {
    double peak = 0;
    List<Segment> segments = track.segments();
    for (int first = 0; first < segments.size(); first++) {
      double bits = 0;
      double seconds = 0;
      for (int i = first; i < segments.size() && seconds <= 1.5 * target; i++) {
        bits += segments.get(i).bytes() * (double) Byte.SIZE;
        seconds += track.seconds(segments.get(i).duration());
        if (seconds >= 0.5 * target && seconds <= 1.5 * target) {
          peak = Math.max(peak, bits / seconds);
        }
      }
    }
    return peak == 0 ? average(track) : peak;
  }

  /// RFC 8216, 4.1.
  static double average(MediaTrack track) {
    return track.bytes() * (double) Byte.SIZE / track.seconds(track.ticks());
  }
}
