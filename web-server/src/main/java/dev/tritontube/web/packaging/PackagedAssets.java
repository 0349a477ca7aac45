package dev.tritontube.web.packaging;

import dev.tritontube.web.catalog.AssetId;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// What there is to play. Reads the catalog only, so any web server can answer. Thread-safe.
public interface PackagedAssets {
  /// Stands in the place of a representation for the sheets of thumbnails.
  String THUMBNAILS = "thumbnails";

  /// How far an asset is; `AssetMedia.pending()` for one that nobody enqueued.
  AssetMedia media(AssetId asset);

  /// The same for many at once, with one entry for each.
  Map<AssetId, AssetMedia> media(Collection<AssetId> assets);

  /// The presentation to render manifests from; empty while nothing is playable.
  Optional<Published> published(AssetId asset);

  /// A revision that plays, or that was replaced of late and is still there for who plays it.
  Optional<Published> published(AssetId asset, String revision);

  /// What plays, for somebody who is about to watch it; waited for up to 9 s when it is still to
  /// come. Planning takes a fraction of a second, but many may have come at once.
  Optional<Published> awaitPublished(AssetId asset) throws InterruptedException;

  /// Where a segment of a published revision is. One that is promised and not made yet is waited
  /// for, up to 9 s, and made next.
  ///
  /// @param representation or `THUMBNAILS`
  /// @param number `init`, or the number of a segment or a sheet in decimal, from 0
  /// @throws IOException when an original that segments are cut from cannot be read
  SegmentAnswer segment(AssetId asset, String revision, String representation, String number)
      throws IOException, InterruptedException;

  /// A rendition of what plays as one MP4 file: its pictures (or its sound, if it is that), and one
  /// track of sound.
  ///
  /// @param playing what is published, its sounds as they are to be called
  /// @param language of the sound (BCP 47), as it is called there; empty: the main one
  /// @throws IOException when segments, or the original, cannot be read
  RenditionAnswer file(
      AssetId asset, Published playing, String representation, Optional<String> language)
      throws IOException;

  /// Where the poster (a JPEG) is.
  Optional<StoredSegment> poster(AssetId asset);
}
