package dev.tritontube.web.auth;

import dev.tritontube.web.catalog.Quota;
import dev.tritontube.web.catalog.QuotaStore;
import dev.tritontube.web.catalog.QuotaStore.Usage;
import org.jspecify.annotations.Nullable;

/// What somebody has, and may have.
record UsageDocument(Amount bytes, Amount videos, Amount uploads) {
  /// @param used for good
  /// @param held by uploads that are under way
  /// @param limit of both together; null: none
  record Amount(long used, long held, @Nullable Long limit) {}

  static UsageDocument of(QuotaStore.Standing standing) {
    Usage usage = standing.usage();
    Quota quota = standing.quota();
    return new UsageDocument(
        new Amount(usage.bytes(), usage.heldBytes(), QuotaDocument.boxed(quota.bytes())),
        new Amount(usage.videos(), usage.heldVideos(), QuotaDocument.boxed(quota.videos())),
        new Amount(0, usage.uploads(), QuotaDocument.boxed(quota.uploads())));
  }
}
