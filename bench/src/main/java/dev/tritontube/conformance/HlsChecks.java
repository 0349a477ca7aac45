package dev.tritontube.conformance;

import dev.tritontube.conformance.MediaPlaylistChecks.Listed;
import dev.tritontube.hls.Playlist;
import dev.tritontube.hls.Playlist.Reference;
import dev.tritontube.hls.Playlist.Tag;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Looks at a multivariant playlist and everything below it.
final class HlsChecks {
  private static final Set<String> TAGS =
      Set.of(
          "EXT-X-VERSION",
          "EXT-X-INDEPENDENT-SEGMENTS",
          "EXT-X-MEDIA",
          "EXT-X-STREAM-INF",
          "EXT-X-IMAGE-STREAM-INF");

  /// Two tracks that begin together end together, in seconds.
  private static final double TOLERANCE = 0.001;

  private final Findings findings;
  private final Map<URI, Playlist> playlists;
  private final Media media;
  private final TextChecks words;
  private final boolean whole;
  private final Map<URI, Listed> listed = new HashMap<>();

  /// @param playlists the multivariant one's media playlists, by address
  /// @param whole whether everything is encoded, so that bit rates are known
  HlsChecks(
      Findings findings,
      Map<URI, Playlist> playlists,
      Media media,
      TextChecks words,
      boolean whole) {
    this.findings = findings;
    this.playlists = playlists;
    this.media = media;
    this.words = words;
    this.whole = whole;
  }

  /// @return the files of all media playlists
  List<Listed> check(Playlist master) throws IOException {
    String where = Where.of(master.address());
    Playlists.syntax(findings, master, where, TAGS);
    findings.expectEqual(
        1, master.tags("EXT-X-INDEPENDENT-SEGMENTS").size(), Rule.HLS_INDEPENDENT, where);
    Map<String, List<Rendition>> groups = new HashMap<>();
    for (Tag tag : master.tags("EXT-X-MEDIA")) {
      URI address = master.address().resolve(tag.attribute("URI"));
      groups
          .computeIfAbsent(tag.attribute("GROUP-ID"), _ -> new ArrayList<>())
          .add(new Rendition(tag, words(tag) ? null : listed(address)));
    }
    List<Variant> variants = variants(master);
    new RenditionChecks(findings, where).check(groups);
    new VariantChecks(findings, where, groups, whole).check(variants);
    together(where, variants);
    words(master);
    return List.copyOf(listed.values());
  }

  private static boolean words(Tag rendition) {
    return rendition.attribute("TYPE").equals("SUBTITLES");
  }

  private void words(Playlist master) throws IOException {
    double media = listed.values().stream().mapToDouble(Listed::seconds).max().orElse(0);
    for (Tag tag : master.tags("EXT-X-MEDIA")) {
      Playlist playlist = playlists.get(master.address().resolve(tag.attribute("URI")));
      if (words(tag) && playlist != null) {
        double seconds = words.check(playlist);
        findings.expect(
            Math.abs(seconds - media) <= TOLERANCE,
            Rule.HLS_SAME_LENGTH,
            Where.of(playlist.address()),
            media + " s",
            seconds + " s");
      }
    }
  }

  record Rendition(Tag tag, @Nullable Listed listed) {}

  /// @param listed null when its playlist is not there
  record Variant(Tag tag, URI address, @Nullable Listed listed) {}

  private List<Variant> variants(Playlist master) throws IOException {
    List<Variant> variants = new ArrayList<>();
    Tag stream = null;
    for (Playlist.Line line : master.lines()) {
      switch (line) {
        case Tag tag -> stream = tag.name().equals("EXT-X-STREAM-INF") ? tag : stream;
        case Reference(URI address) -> {
          if (stream == null) {
            findings.fail(Rule.HLS_SYNTAX, address.getPath(), "EXT-X-STREAM-INF before it", "none");
          } else {
            variants.add(new Variant(stream, address, listed(address)));
          }
          stream = null;
        }
      }
    }
    return variants;
  }

  private @Nullable Listed listed(URI address) throws IOException {
    Listed known = listed.get(address);
    Playlist playlist = playlists.get(address);
    if (known == null && playlist != null) {
      known = new MediaPlaylistChecks(findings, playlist).check(media);
      listed.put(address, known);
    }
    return known;
  }

  private void together(String where, List<Variant> variants) {
    List<Listed> all = List.copyOf(listed.values());
    Set<Double> targets = new TreeSet<>(all.stream().map(Listed::target).toList());
    findings.expect(targets.size() == 1, Rule.HLS_SAME_TARGET, where, "one", targets);
    double least = all.stream().mapToDouble(Listed::seconds).min().orElse(0);
    double most = all.stream().mapToDouble(Listed::seconds).max().orElse(0);
    findings.expect(
        most - least <= TOLERANCE, Rule.HLS_SAME_LENGTH, where, least + " s", most + " s");
    for (Listed one : all) {
      findings.expectEqual(all.getFirst().breaks(), one.breaks(), Rule.HLS_CONTINUOUS, one.name());
    }
    List<Listed> pictures =
        variants.stream().map(Variant::listed).filter(Objects::nonNull).toList();
    for (Listed one : pictures) {
      findings.expectEqual(
          pictures.getFirst().lengths(), one.lengths(), Rule.HLS_ALIGNED, one.name());
    }
  }
}
