package dev.tritontube.web.packaging;

import dev.tritontube.ring.BlobKey;
import dev.tritontube.web.catalog.AssetId;
import java.util.random.RandomGenerator;

/// One run of a worker over an asset. Its id is in the keys of all blobs it writes, since encoders
/// do not repeat bit by bit and a key is written once.
record Attempt(AssetId asset, String revision, String id) {
  /// Stand in the place of a representation for what an attempt has one of.
  static final String POSTER = "poster";

  static final String PRESENTATION = "presentation";

  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int ID_LENGTH = 12;

  static Attempt begin(AssetId asset, String revision, RandomGenerator random) {
    return new Attempt(asset, revision, randomId(random));
  }

  static String randomId(RandomGenerator random) {
    StringBuilder id = new StringBuilder(ID_LENGTH);
    for (int i = 0; i < ID_LENGTH; i++) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }

  /// The key of a segment.
  ///
  /// @param number `SegmentSink.INIT` for the init segment
  BlobKey key(String representation, long number) {
    String folder = "a/" + asset + "/" + revision + "/" + representation;
    if (representation.equals(POSTER) || representation.equals(PRESENTATION)) {
      return new BlobKey(folder + "-" + id);
    }
    return new BlobKey(folder + "/" + (number == SegmentSink.INIT ? "init" : number) + "-" + id);
  }
}
