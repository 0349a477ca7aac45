package dev.tritontube.conformance;

import dev.tritontube.hls.Playlist;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What holds of playlists of both kinds.
final class Playlists {
  /// With `EXT-X-MAP` for segments of pictures and sound.
  private static final double LEAST_VERSION = 6;

  private Playlists() {}

  static void syntax(Findings findings, Playlist playlist, String where, Set<String> known) {
    findings.expectEqual("#EXTM3U", playlist.firstLine(), Rule.HLS_SYNTAX, where + ", first line");
    List<String> versions =
        playlist.tags("EXT-X-VERSION").stream().map(Playlist.Tag::value).toList();
    findings.expect(
        versions.size() == 1 && number(versions.getFirst()) >= LEAST_VERSION,
        Rule.HLS_SYNTAX,
        where + ", EXT-X-VERSION",
        "one, 6 or more",
        versions);
    List<String> unknown =
        playlist.tags().map(Playlist.Tag::name).filter(name -> !known.contains(name)).toList();
    findings.expectEqual(List.of(), unknown, Rule.HLS_SYNTAX, where + ", unknown tags");
  }

  static void whole(Findings findings, Playlist playlist, String where) {
    findings.expectEqual(
        Optional.of("VOD"), playlist.value("EXT-X-PLAYLIST-TYPE"), Rule.HLS_VOD, where);
    findings.expectEqual(
        Optional.of("EXT-X-ENDLIST"),
        playlist.tags().map(Playlist.Tag::name).reduce((_, last) -> last),
        Rule.HLS_VOD,
        where + ", last tag");
  }

  /// Of a segment, in seconds.
  static double length(Playlist.Tag extinf) {
    return number(extinf.value().replaceFirst(",.*", ""));
  }

  /// 0 of what is none.
  static double number(String text) {
    return text.matches("[0-9]+(\\.[0-9]+)?") ? Double.parseDouble(text) : 0;
  }
}
