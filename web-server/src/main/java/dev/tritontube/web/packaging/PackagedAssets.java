package dev.tritontube.web.packaging;

import dev.tritontube.web.catalog.AssetId;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// What there is to play. Reads the catalog only, so any web server can answer. Thread-safe.
public interface PackagedAssets {
  /// How far an asset is; `AssetMedia.pending()` for one that nobody enqueued.
  AssetMedia media(AssetId asset);

  /// The same for many at once, with one entry for each.
  Map<AssetId, AssetMedia> media(Collection<AssetId> assets);

  /// The presentation to render manifests from; empty while nothing is playable.
  Optional<Published> published(AssetId asset);

  /// Where a segment of a published revision is.
  ///
  /// @param number `init`, or the number of a segment in decimal, from 0
  Optional<StoredSegment> segment(
      AssetId asset, String revision, String representation, String number);

  /// Where the poster (a JPEG) is.
  Optional<StoredSegment> poster(AssetId asset);
}
