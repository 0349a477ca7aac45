package dev.tritontube.web;

import dev.tritontube.manifests.presentation.AudioRepresentation;
import dev.tritontube.manifests.presentation.AudioTrack;
import dev.tritontube.manifests.presentation.Bandwidth;
import dev.tritontube.manifests.presentation.Period;
import dev.tritontube.manifests.presentation.Presentation;
import dev.tritontube.manifests.presentation.Rational;
import dev.tritontube.manifests.presentation.Role;
import dev.tritontube.manifests.presentation.Run;
import dev.tritontube.manifests.presentation.Timeline;
import dev.tritontube.ring.BlobKey;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.packaging.Published;
import dev.tritontube.web.packaging.StoredSegment;
import java.nio.ByteBuffer;
import java.util.List;

/// Two seconds of sound that play, of revision `rev` and one segment.
final class PublishedClip {
  static final byte[] SEGMENT = RestBed.mp4(100_000);

  private PublishedClip() {}

  static void of(RestBed bed, AssetId asset) throws Exception {
    AudioTrack track =
        new AudioTrack(
            "1",
            Role.MAIN,
            AudioTrack.UNDETERMINED,
            "",
            new Timeline(48_000, 0, 0, List.of(new Run(96_000, 1))),
            List.of(
                new AudioRepresentation(
                    "audio", "mp4a.40.2", new Bandwidth(128_000, 120_000), 48_000, 2)));
    Presentation presentation =
        new Presentation(List.of(new Period("0", new Rational(2, 1), List.of(), List.of(track))));
    bed.packaging.published.put(asset, new Published("rev", presentation));
    bed.packaging.segments.put(asset + "/rev/audio/0", stored(bed, asset, "0"));
    bed.packaging.segments.put(asset + "/rev/audio/init", stored(bed, asset, "init"));
  }

  static StoredSegment stored(RestBed bed, AssetId asset, String name) throws Exception {
    BlobKey key = new BlobKey("a/" + asset + "/rev/audio/" + name);
    bed.blobs.put(key, ByteBuffer.wrap(SEGMENT));
    String mediaType = name.equals("poster") ? "image/jpeg" : "audio/mp4";
    return new StoredSegment(key, SEGMENT.length, mediaType);
  }
}
