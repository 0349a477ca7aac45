package dev.tritontube.manifests.mp4;

/// One sample of a fragment.
///
/// @param offset where its bytes begin in the fragment
/// @param duration ticks until the next is decoded
/// @param compositionOffset ticks from decoding to showing it
/// @param sync whether decoding can begin here
public record Sample(int offset, int size, long duration, long compositionOffset, boolean sync) {}
