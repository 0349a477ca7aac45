package dev.tritontube.node.engine;

/// Counts of one store at one moment.
///
/// @param blobs live ones
/// @param blobBytes payload bytes of the live blobs
/// @param tombstones deleted keys that are remembered
/// @param notes of both kinds
/// @param usedBytes on disk, with what compaction can still win back
/// @param capacityBytes what may be used in all, the reserve included
/// @param volumes files that hold records
/// @param quarantined live blobs whose copy here is known to be corrupt, and damaged stretches of
///   sealed volumes that hold no legible record
/// @param syncs forced writes since the start
/// @param compactedBytes space that compaction gave back since the start
public record StoreStats(
    long blobs,
    long blobBytes,
    long tombstones,
    long notes,
    long usedBytes,
    long capacityBytes,
    DiskState disk,
    int volumes,
    long quarantined,
    long syncs,
    long compactedBytes) {}
