package dev.tritontube.web.packaging;

import dev.tritontube.web.catalog.AssetId;
import java.util.Optional;

/// Where packaging finds the bytes that it packages.
public interface Originals {
  /// Empty when the asset is not there (any more).
  Optional<Original> find(AssetId asset);
}
