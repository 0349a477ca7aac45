package dev.tritontube.web.packaging;

import dev.tritontube.web.catalog.AssetId;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// Reads what is to be read in files: subtitles, captions, chapters.
public interface EmbeddedReader {
  /// @return empty when the file is gone, was never planned, or cannot be read
  /// @throws IOException when it could not be read this time
  Optional<EmbeddedTracks> read(AssetId asset) throws IOException, InterruptedException;

  /// How long one file takes at most.
  Duration longest();
}
