package dev.tritontube.web.packaging;

import dev.tritontube.web.catalog.AssetId;

/// Which segment.
///
/// @param number `SegmentSink.INIT` for the init segment
record SegmentName(AssetId asset, String revision, String representation, long number) {}
