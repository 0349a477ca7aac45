package dev.tritontube.local;

import dev.tritontube.dash.DashManifest;
import dev.tritontube.dash.DashReader;
import dev.tritontube.hls.Playlist;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Walks through both manifests of a video as a player that wants everything would. Knows nothing
/// of how the server makes them, only DASH ([DashManifest]) and HLS ([Playlist]).
public final class PlaybackCheck {
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
  private List<URI> references(URI playlist) throws IOException {
    Playlist read =
        Playlist.read(playlist, new String(rest.bytes(playlist), StandardCharsets.UTF_8));
    if (!read.firstLine().equals("#EXTM3U")) {
      throw new IOException(playlist + " is no playlist");
    }
    return read.references();
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
