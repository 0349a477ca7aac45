package dev.tritontube.conformance;

import dev.tritontube.hls.Playlist;
import dev.tritontube.hls.Playlist.Line;
import dev.tritontube.hls.Playlist.Reference;
import dev.tritontube.hls.Playlist.Tag;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Looks at one media playlist and at what it lists.
final class MediaPlaylistChecks {
  private static final Set<String> TAGS =
      Set.of(
          "EXT-X-VERSION",
          "EXT-X-TARGETDURATION",
          "EXT-X-MEDIA-SEQUENCE",
          "EXT-X-PLAYLIST-TYPE",
          "EXT-X-INDEPENDENT-SEGMENTS",
          "EXT-X-MAP",
          "EXT-X-DISCONTINUITY",
          "EXTINF",
          "EXT-X-ENDLIST");

  /// In seconds: the shortest frame of pictures that there may be.
  private static final double FRAME = 1 / 60.0;

  private final Findings findings;
  private final Playlist playlist;
  private final String where;

  MediaPlaylistChecks(Findings findings, Playlist playlist) {
    this.findings = findings;
    this.playlist = playlist;
    this.where = Where.of(playlist.address());
  }

  /// What a media playlist lists.
  ///
  /// @param lengths of the segments in seconds, as it says
  /// @param breaks before which segments there are discontinuities
  /// @param track empty when it could not be read
  record Listed(
      String name,
      double target,
      Optional<URI> init,
      List<URI> segments,
      List<Double> lengths,
      List<Integer> breaks,
      Optional<MediaTrack> track) {
    Listed with(Optional<MediaTrack> found) {
      return new Listed(name, target, init, segments, lengths, breaks, found);
    }

    double seconds() {
      return lengths.stream().mapToDouble(length -> length).sum();
    }
  }

  Listed check(Media media) throws IOException {
    Playlists.syntax(findings, playlist, where, TAGS);
    Playlists.whole(findings, playlist, where);
    List<Tag> maps = playlist.tags("EXT-X-MAP");
    findings.expect(!maps.isEmpty(), Rule.HLS_MAP, where, "EXT-X-MAP", "none");
    Listed listed = listed(maps);
    target(listed);
    if (listed.init.isEmpty() || listed.lengths.size() != listed.segments.size()) {
      return listed;
    }
    Optional<MediaTrack> track = media.track(listed.init.get(), listed.segments);
    track.ifPresent(found -> lengths(listed, found));
    return listed.with(track);
  }

  private Listed listed(List<Tag> maps) {
    List<URI> segments = new ArrayList<>();
    List<Double> lengths = new ArrayList<>();
    List<Integer> breaks = new ArrayList<>();
    for (Line line : playlist.lines()) {
      switch (line) {
        case Reference(URI address) -> segments.add(address);
        case Tag tag when tag.name().equals("EXTINF") -> lengths.add(Playlists.length(tag));
        case Tag tag when tag.name().equals("EXT-X-DISCONTINUITY") -> breaks.add(segments.size());
        case Tag _ -> {}
      }
    }
    Optional<URI> init =
        maps.stream().map(map -> playlist.address().resolve(map.attribute("URI"))).findFirst();
    double target = Playlists.number(playlist.value("EXT-X-TARGETDURATION").orElse(""));
    return new Listed(where, target, init, segments, lengths, breaks, Optional.empty());
  }

  private void target(Listed listed) {
    double longest = listed.lengths.stream().mapToDouble(length -> length).max().orElse(0);
    findings.expect(
        Math.round(longest) <= listed.target,
        Rule.HLS_TARGET,
        where,
        "at most " + listed.target + " s, rounded",
        longest + " s");
    findings.expectEqual(
        listed.segments.size(), listed.lengths.size(), Rule.HLS_SYNTAX, where + ", EXTINF");
  }

  /// Of any consecutive segments the lengths must add up to within a frame: so the differences of
  /// the sums up to each segment may not lie further apart than that.
  private void lengths(Listed listed, MediaTrack track) {
    double said = 0;
    long ticks = 0;
    double least = 0;
    double most = 0;
    for (int i = 0; i < listed.lengths.size(); i++) {
      said += listed.lengths.get(i);
      ticks += track.segments().get(i).duration();
      least = Math.min(least, said - track.seconds(ticks));
      most = Math.max(most, said - track.seconds(ticks));
    }
    findings.expect(
        most - least <= FRAME,
        Rule.HLS_EXTINF,
        where,
        "at most " + FRAME + " s off",
        most - least + " s");
  }
}
