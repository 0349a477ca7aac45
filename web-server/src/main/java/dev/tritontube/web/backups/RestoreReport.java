package dev.tritontube.web.backups;

import java.time.Instant;

/// What came of a restore.
///
/// @param backup from which the catalog is
/// @param from when that was begun: what changed since is not in the catalog
/// @param epoch of the layout that the cluster has now
/// @param deletedVideos that the copy had, and that were deleted for good since
/// @param encodedAnew how many assets are encoded again, because what played of them was replaced
/// @param unknownBlobs blobs of what was uploaded since, which nothing refers to
/// @param silentNodes how many storage nodes could not be looked through
public record RestoreReport(
    BackupId backup,
    Instant from,
    long rows,
    long epoch,
    int deletedVideos,
    int encodedAnew,
    int endedUploads,
    long unknownBlobs,
    long unknownBytes,
    int silentNodes) {}
