package dev.tritontube.conformance;

import dev.tritontube.dash.DashManifest;
import dev.tritontube.dash.DashManifest.ImageSet;
import dev.tritontube.hls.Playlist;
import dev.tritontube.hls.Playlist.Reference;
import dev.tritontube.hls.Playlist.Tag;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Looks at the sheets of images of both manifests: whether they are as large as is said, are cut
/// as is said, and last to the end.
final class ImageChecks {
  private static final Set<String> TAGS =
      Set.of(
          "EXT-X-VERSION",
          "EXT-X-TARGETDURATION",
          "EXT-X-MEDIA-SEQUENCE",
          "EXT-X-PLAYLIST-TYPE",
          "EXT-X-IMAGES-ONLY",
          "EXT-X-TILES",
          "EXTINF",
          "EXT-X-ENDLIST");

  /// In seconds.
  private static final double TOLERANCE = 0.001;

  private static final Tag NO_TILES = new Tag("EXT-X-TILES", "");

  private final Findings findings;
  private final Media media;

  ImageChecks(Findings findings, Media media) {
    this.findings = findings;
    this.media = media;
  }

  /// Columns and rows.
  private record Size(int width, int height) {
    /// 0x0 of what is none.
    static Size of(String text) {
      if (!text.matches("[1-9][0-9]{0,4}x[1-9][0-9]{0,4}")) {
        return new Size(0, 0);
      }
      String[] parts = text.split("x");
      return new Size(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    Size times(Size other) {
      return new Size(width * other.width, height * other.height);
    }

    int product() {
      return width * height;
    }
  }

  void dash(DashManifest manifest) throws IOException {
    for (ImageSet set : manifest.images()) {
      String where = "manifest.mpd, Representation " + set.id();
      Size layout = Size.of(set.layout());
      boolean whole =
          layout.product() > 0
              && set.width() % layout.width() == 0
              && set.height() % layout.height() == 0;
      findings.expect(
          whole, Rule.MPD_IMAGES, where, "columns and rows of whole pixels", set.layout());
      for (URI sheet : set.sheets()) {
        size(sheet, new Size(set.width(), set.height()), Rule.MPD_IMAGES);
      }
    }
  }

  /// @param below playlists by address
  /// @param seconds of the presentation
  /// @return all sheets
  Set<URI> hls(Playlist master, Map<URI, Playlist> below, double seconds) throws IOException {
    Set<URI> sheets = new TreeSet<>();
    for (Tag stream : master.tags("EXT-X-IMAGE-STREAM-INF")) {
      Playlist images = below.get(master.address().resolve(stream.attribute("URI")));
      findings.expect(
          images != null && Playlists.number(stream.attribute("BANDWIDTH")) > 0,
          Rule.HLS_IMAGES,
          "master.m3u8",
          "a playlist and its bandwidth",
          stream.value());
      if (images != null) {
        sheets.addAll(sheets(images, Size.of(stream.attribute("RESOLUTION")), seconds));
      }
    }
    return sheets;
  }

  private List<URI> sheets(Playlist images, Size tile, double seconds) throws IOException {
    String where = Where.of(images.address());
    Playlists.syntax(findings, images, where, TAGS);
    List<URI> sheets = new ArrayList<>();
    List<Double> lengths = new ArrayList<>();
    Tag tiles = NO_TILES;
    for (Playlist.Line line : images.lines()) {
      switch (line) {
        case Tag tag when tag.name().equals("EXTINF") ->
            lengths.add(Playlists.number(tag.value().replaceFirst(",.*", "")));
        case Tag tag -> tiles = tag.name().equals(NO_TILES.name()) ? tag : tiles;
        case Reference(URI sheet) -> {
          sheets.add(sheet);
          sheet(sheet, tiles, tile, lengths.isEmpty() ? 0 : lengths.getLast());
        }
      }
    }
    double sum = lengths.stream().mapToDouble(length -> length).sum();
    findings.expect(
        Math.abs(sum - seconds) <= TOLERANCE, Rule.HLS_IMAGES, where, seconds + " s", sum + " s");
    return sheets;
  }

  private void sheet(URI sheet, Tag tiles, Size tile, double seconds) throws IOException {
    Size layout = Size.of(tiles.attribute("LAYOUT"));
    boolean lasts =
        layout.product() * Playlists.number(tiles.attribute("DURATION")) >= seconds - TOLERANCE;
    findings.expect(
        lasts && Size.of(tiles.attribute("RESOLUTION")).equals(tile),
        Rule.HLS_IMAGES,
        Where.of(sheet),
        "images of " + tile + " for " + seconds + " s",
        tiles.value());
    size(sheet, tile.times(layout), Rule.HLS_IMAGES);
  }

  private void size(URI sheet, Size expected, Rule rule) throws IOException {
    Optional<BufferedImage> picture = media.picture(sheet, rule);
    if (picture.isPresent()) {
      Size found = new Size(picture.get().getWidth(), picture.get().getHeight());
      findings.expectEqual(expected, found, rule, Where.of(sheet));
    }
  }
}
