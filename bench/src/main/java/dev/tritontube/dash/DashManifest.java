package dev.tritontube.dash;

import dev.tritontube.manifests.presentation.Rational;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an MPD of one period says, as far as it is played or checked. Times are in seconds.
///
/// @param sets what is played
/// @param images what is shown while somebody looks for a place
public record DashManifest(
    double length,
    double buffer,
    double longestSegment,
    List<AdaptationSet> sets,
    List<Text> texts,
    List<ImageSet> images) {
  public DashManifest {
    sets = List.copyOf(sets);
    texts = List.copyOf(texts);
    images = List.copyOf(images);
  }

  /// Words, as one file beside the media.
  ///
  /// @param roles what the adaptation set is, such as `caption`
  public record Text(String name, String mimeType, String language, List<String> roles, URI file) {
    public Text {
      roles = List.copyOf(roles);
    }
  }

  /// A segment as it is announced.
  ///
  /// @param start in ticks, as `tfdt` should have it
  public record Announced(long start, long duration) {}

  /// When it begins and ends, in seconds of what is played.
  public record Segment(URI address, double start, double end) {}

  /// @param contentType such as `video`
  /// @param offset media time at which the period begins, in ticks
  /// @param announced at least one
  /// @param gaps places at which an explicit time is not where the segment before ends
  public record AdaptationSet(
      String name,
      String contentType,
      long timescale,
      long offset,
      int startWithSap,
      List<Announced> announced,
      List<String> gaps,
      List<Representation> representations) {
    public AdaptationSet {
      announced = List.copyOf(announced);
      gaps = List.copyOf(gaps);
      representations = List.copyOf(representations);
    }

    public boolean pictures() {
      return contentType.equals("video");
    }

    public long ticks() {
      return announced.stream().mapToLong(Announced::duration).sum();
    }

    public double seconds(long ticks) {
      return (double) ticks / timescale;
    }

    /// All segments of one of its representations, in order.
    public List<Segment> segments(Representation representation) {
      List<Segment> segments = new ArrayList<>();
      for (int i = 0; i < announced.size(); i++) {
        long start = announced.get(i).start() - offset;
        long end = start + announced.get(i).duration();
        segments.add(new Segment(representation.media().get(i), seconds(start), seconds(end)));
      }
      return segments;
    }
  }

  /// @param bandwidth in bits a second
  /// @param rate of frames, or of samples of sound
  /// @param media the addresses of its segments
  public record Representation(
      String id,
      String codecs,
      long bandwidth,
      int width,
      int height,
      @Nullable Rational rate,
      String channels,
      URI init,
      List<URI> media) {
    public Representation {
      media = List.copyOf(media);
    }
  }

  /// Small pictures on sheets (DASH-IF IOP 4.3, 6.2.6).
  ///
  /// @param width of a sheet in pixels
  /// @param layout such as `10x10`; empty where it is not said
  /// @param sheetSeconds for how long a sheet lasts
  public record ImageSet(
      String id, int width, int height, String layout, double sheetSeconds, List<URI> sheets) {
    public ImageSet {
      sheets = List.copyOf(sheets);
    }
  }

  /// Everything that a player can ask for: initialization and media segments of every
  /// representation, in order, then sheets of images.
  public Set<URI> addresses() {
    Set<URI> addresses = new LinkedHashSet<>();
    for (AdaptationSet set : sets) {
      for (Representation representation : set.representations()) {
        addresses.add(representation.init());
        addresses.addAll(representation.media());
      }
    }
    images.forEach(set -> addresses.addAll(set.sheets()));
    return addresses;
  }
}
