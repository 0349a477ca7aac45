package dev.tritontube.local;

import dev.tritontube.dash.DashManifest;
import dev.tritontube.dash.DashReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Walks through both manifests of a video as a player that wants everything would. Knows nothing
/// of how the server makes them, only DASH ([DashManifest]) and HLS.
public final class PlaybackCheck {
  private static final Pattern QUOTED_URI = Pattern.compile("URI=\"([^\"]+)\"");

  private final RestClient rest;

  public PlaybackCheck(RestClient rest) {
    this.rest = rest;
  }

  /// Everything that a DASH player can ask for: initialization and media segments of every
  /// representation, in order.
  public Set<URI> dashSegments(URI manifest) throws IOException {
    return dash(manifest).addresses();
  }

  public DashManifest dash(URI manifest) throws IOException {
    return DashReader.read(manifest, rest.bytes(manifest));
  }

  /// Everything that an HLS player can ask for below a multivariant playlist.
  public Set<URI> hlsSegments(URI master) throws IOException {
    Set<URI> segments = new LinkedHashSet<>();
    for (URI playlist : references(master)) {
      segments.addAll(references(playlist));
    }
    return segments;
  }

  /// The addresses in a playlist, those in attributes included.
  public List<URI> references(URI playlist) throws IOException {
    String text = new String(rest.bytes(playlist), StandardCharsets.UTF_8);
    if (!text.startsWith("#EXTM3U\n")) {
      throw new IOException(playlist + " is no playlist");
    }
    List<URI> references = new ArrayList<>();
    for (String line : text.lines().toList()) {
      Matcher attribute = QUOTED_URI.matcher(line);
      if (line.startsWith("#") && attribute.find()) {
        references.add(playlist.resolve(attribute.group(1)));
      } else if (!line.startsWith("#") && !line.isBlank()) {
        references.add(playlist.resolve(line));
      }
    }
    return references;
  }

  /// Fetches every address.
  ///
  /// @return the number of bytes
  public long fetchAll(Set<URI> addresses) throws IOException {
    long bytes = 0;
    for (URI address : addresses) {
      int length = rest.bytes(address).length;
      if (length == 0) {
        throw new IOException(address + " is empty");
      }
      bytes += length;
    }
    return bytes;
  }
}
