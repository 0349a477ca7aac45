package dev.tritontube.node.engine;

import dev.tritontube.ring.BlobKey;

/// An entry of a listing.
///
/// @param length in bytes; 0 for a tombstone
/// @param crc32c of the whole blob; 0 for a tombstone
public record ListedBlob(BlobKey key, long length, int crc32c, boolean tombstone) {}
