/// The boxes of MP4 files (ISO/IEC 14496-12, ISO/IEC 23000-19 for CMAF): reads what an encoder
/// writes, cuts it into segments, sets their times, reads the sample tables of uploaded files, and
/// makes segments of the samples in them.
///
/// Input is hostile: sizes and counts are bounded before anything is allocated, and whatever is
/// wrong with the bytes ends in a
/// [MalformedMp4Exception][dev.tritontube.manifests.mp4.MalformedMp4Exception].
///
/// This package must not know manifests, nor where bytes come from or go to.
@NullMarked
package dev.tritontube.manifests.mp4;

import org.jspecify.annotations.NullMarked;
