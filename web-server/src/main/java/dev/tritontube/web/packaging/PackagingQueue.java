package dev.tritontube.web.packaging;

import dev.tritontube.web.catalog.AssetId;
import org.jdbi.v3.core.Handle;

/// The work that waits for packaging workers. Thread-safe.
public interface PackagingQueue {
  /// By what originals may be encoded.
  Profiles profiles();

  /// Asks for an asset to be packaged, once its original is whole. Does nothing to one that is or
  /// was, unless that was cancelled or failed for reasons of ours: then it is taken up again.
  ///
  /// @param tx the transaction that makes a video of the asset: both happen or neither
  void enqueue(Handle tx, AssetId asset);

  /// Forgets an asset: stops its work and deletes every blob and row of its encodings. May be
  /// called again after a failure, and for an asset that was never enqueued.
  ///
  /// @throws java.io.UncheckedIOException when the ring cannot be reached; what is left is deleted
  ///   by the next call
  void remove(AssetId asset);
}
