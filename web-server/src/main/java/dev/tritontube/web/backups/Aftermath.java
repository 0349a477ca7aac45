package dev.tritontube.web.backups;

import dev.tritontube.web.blobs.RingBlobs.Listed;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.VideoId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What happened on the ring since a copy of the catalog was made, found by going through all keys:
/// what it refers to and was deleted, how far uploads came, and what it knows nothing of. For one
/// thread.
///
/// Remembers no keys, but what is wrong: a copy that is an hour old is wrong in little.
final class Aftermath {
  private static final Pattern ORIGINAL = Pattern.compile("a/([a-z2-7]{20})/original/(\\d{1,18})");

  /// `init`, numbers and what has none, as attempts name their blobs.
  private static final Pattern SEGMENT =
      Pattern.compile("a/([a-z2-7]{20})/([^/]+)/([^/]+?)(?:/(init|\\d{1,18}))?-([a-z2-7]{12})");

  private static final Pattern FRAMES =
      Pattern.compile("a/[a-z2-7]{20}/frames/([a-z2-7]{20})/(\\d{1,9})-([a-z2-7]{20})");

  private static final Pattern POSTER =
      Pattern.compile("v/([a-z2-7]{20})/poster/([a-z2-7]{20}-\\d{1,9})");

  private static final Pattern ASSET = Pattern.compile("a/([a-z2-7]{20})/.*");

  private final AftermathStore store;
  private final Set<AssetId> lost = new HashSet<>();
  private final Set<AssetId> worn = new HashSet<>();
  private final Set<String> lostFrames = new HashSet<>();
  private final Set<VideoId> posterless = new HashSet<>();
  private final Set<AssetId> goneUploads = new HashSet<>();
  private final Map<AssetId, Long> uploads = new HashMap<>();
  private long unknownBlobs;
  private long unknownBytes;

  Aftermath(AftermathStore store) {
    this.store = store;
  }

  void see(Listed listed) {
    String key = listed.key().value();
    Matcher asset = ASSET.matcher(key);
    if (!asset.matches()) {
      return;
    }
    String id = asset.group(1);
    Matcher frames = FRAMES.matcher(key);
    if (store.isUpload(id)) {
      ofUpload(listed);
    } else if (!store.isAsset(id)) {
      unknown(listed);
    } else if (frames.matches()) {
      ofFrames(listed, piece(frames));
    } else if (listed.deleted()) {
      deleted(key, new AssetId(id));
    }
  }

  /// A blob of what videos have beside their assets.
  void seeOfVideo(Listed listed) {
    Matcher poster = POSTER.matcher(listed.key().value());
    if (poster.matches()) {
      VideoId video = new VideoId(poster.group(1));
      if (!listed.deleted()) {
        if (!store.hasPoster(video, poster.group(2).split("-")[0])) {
          unknown(listed);
        }
      } else if (store.showsPoster(video, poster.group(2))) {
        posterless.add(video);
      }
    }
  }

  private void ofUpload(Listed listed) {
    Matcher original = ORIGINAL.matcher(listed.key().value());
    if (original.matches()) {
      AssetId asset = new AssetId(original.group(1));
      uploads.merge(asset, Long.parseLong(original.group(2)) + 1, Math::max);
      if (listed.deleted()) {
        goneUploads.add(asset);
      }
    }
  }

  private static AftermathStore.Piece piece(Matcher frames) {
    return new AftermathStore.Piece(
        frames.group(1), Integer.parseInt(frames.group(2)), frames.group(3));
  }

  /// Frames of which something was deleted are no archive any more. What was written of those that
  /// are still to be made goes on record, so that it is deleted with them.
  private void ofFrames(Listed listed, AftermathStore.Piece piece) {
    if (!store.isFrames(piece.set())) {
      unknown(listed);
    } else if (!listed.deleted()) {
      store.declare(piece);
    } else if (store.isPart(piece)) {
      lostFrames.add(piece.set());
    }
  }

  private void unknown(Listed listed) {
    if (!listed.deleted() && listed.preferred()) {
      unknownBlobs++;
      unknownBytes += listed.length();
    }
  }

  private void deleted(String key, AssetId asset) {
    Matcher segment = SEGMENT.matcher(key);
    if (ORIGINAL.matcher(key).matches()) {
      lost.add(asset);
    } else if (segment.matches() && store.plays(asset, stored(segment))) {
      worn.add(asset);
    }
  }

  private static AftermathStore.Stored stored(Matcher segment) {
    String number = segment.group(4);
    long at = number == null ? 0 : number.equals("init") ? -1 : Long.parseLong(number);
    return new AftermathStore.Stored(segment.group(2), segment.group(3), at, segment.group(5));
  }

  /// Assets whose originals were deleted.
  Set<AssetId> lost() {
    return lost;
  }

  /// Assets of which something was deleted that plays; their originals were not.
  Set<AssetId> worn() {
    Set<AssetId> rest = new HashSet<>(worn);
    rest.removeAll(lost);
    return rest;
  }

  /// Sets of frames of which something was deleted.
  Set<String> lostFrames() {
    return lostFrames;
  }

  /// Videos whose own posters were deleted.
  Set<VideoId> posterless() {
    return posterless;
  }

  /// Uploads of which something was deleted.
  Set<AssetId> goneUploads() {
    return goneUploads;
  }

  /// How many numbers the blobs of uploads have.
  Map<AssetId, Long> uploads() {
    return uploads;
  }

  /// Blobs of which the copy does not know.
  long unknownBlobs() {
    return unknownBlobs;
  }

  long unknownBytes() {
    return unknownBytes;
  }
}
