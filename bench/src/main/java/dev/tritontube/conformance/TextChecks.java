package dev.tritontube.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tritontube.dash.DashManifest.Text;
import dev.tritontube.hls.Playlist;
import dev.tritontube.hls.Playlist.Line;
import dev.tritontube.hls.Playlist.Reference;
import dev.tritontube.hls.Playlist.Tag;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Looks at words: one file each in DASH, segments in HLS, which need not be as long as those of
/// the media (RFC 8216, 6.2.4).
final class TextChecks {
  private static final String TYPE = "text/vtt";
  private static final Set<String> TAGS =
      Set.of(
          "EXT-X-VERSION",
          "EXT-X-TARGETDURATION",
          "EXT-X-MEDIA-SEQUENCE",
          "EXT-X-PLAYLIST-TYPE",
          "EXTINF",
          "EXT-X-ENDLIST");

  private static final Set<String> PURPOSES =
      Set.of("caption", "subtitle", "forced-subtitle", "description");

  private final Findings findings;
  private final Library library;

  TextChecks(Findings findings, Library library) {
    this.findings = findings;
    this.library = library;
  }

  void check(Text text) throws IOException {
    String where = "manifest.mpd, " + text.name();
    findings.expectEqual(TYPE, text.mimeType(), Rule.MPD_TEXT, where);
    findings.expect(
        text.language().matches("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*"),
        Rule.MPD_TEXT,
        where,
        "a tag of BCP 47",
        text.language());
    findings.expect(
        text.roles().stream().filter(PURPOSES::contains).count() == 1,
        Rule.MPD_TEXT,
        where,
        "one of " + PURPOSES,
        text.roles());
    webVtt(text.file(), Rule.MPD_TEXT);
  }

  /// @return how long all of its segments are together, in seconds
  double check(Playlist playlist) throws IOException {
    String where = Where.of(playlist.address());
    Playlists.syntax(findings, playlist, where, TAGS);
    Playlists.whole(findings, playlist, where);
    List<Double> lengths = new ArrayList<>();
    int segments = 0;
    for (Line line : playlist.lines()) {
      switch (line) {
        case Reference(URI address) -> {
          segments++;
          segment(address);
        }
        case Tag tag when tag.name().equals("EXTINF") -> lengths.add(Playlists.length(tag));
        case Tag _ -> {}
      }
    }
    findings.expectEqual(segments, lengths.size(), Rule.HLS_SYNTAX, where + ", EXTINF");
    double target = Playlists.number(playlist.value("EXT-X-TARGETDURATION").orElse(""));
    double longest = lengths.stream().mapToDouble(length -> length).max().orElse(0);
    findings.expect(
        Math.round(longest) <= target, Rule.HLS_TARGET, where, target + " s", longest + " s");
    return lengths.stream().mapToDouble(length -> length).sum();
  }

  private void segment(URI address) throws IOException {
    String text = webVtt(address, Rule.HLS_TEXT);
    findings.expect(
        text.lines().skip(1).findFirst().orElse("").startsWith("X-TIMESTAMP-MAP="),
        Rule.HLS_TEXT,
        Where.of(address),
        "X-TIMESTAMP-MAP in the header",
        "none");
  }

  private String webVtt(URI address, Rule rule) throws IOException {
    Answer answer = library.get(address);
    String where = Where.of(address);
    findings.expect(!answer.redirect(), Rule.HLS_DIRECT, where, "no redirect", answer.status());
    findings.expectEqual(200, answer.status(), Rule.FILES_SERVED, where);
    findings.expectEqual(TYPE, answer.type(), Rule.HLS_TYPES, where);
    String text = new String(answer.body(), UTF_8);
    findings.expectEqual("WEBVTT", text.lines().findFirst().orElse(""), rule, where);
    return text;
  }
}
