package dev.tritontube.web;

import dev.tritontube.manifests.mp4.AacSegments;
import dev.tritontube.manifests.mp4.Fragment;
import dev.tritontube.manifests.mp4.ProgressiveFile;
import dev.tritontube.manifests.mp4.TrackTables;
import dev.tritontube.manifests.presentation.AudioRepresentation;
import dev.tritontube.manifests.presentation.AudioTrack;
import dev.tritontube.manifests.presentation.Bandwidth;
import dev.tritontube.manifests.presentation.ImageTrack;
import dev.tritontube.manifests.presentation.Period;
import dev.tritontube.manifests.presentation.Presentation;
import dev.tritontube.manifests.presentation.Rational;
import dev.tritontube.manifests.presentation.Role;
import dev.tritontube.manifests.presentation.Run;
import dev.tritontube.manifests.presentation.Segment;
import dev.tritontube.manifests.presentation.Timeline;
import dev.tritontube.ring.BlobKey;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.packaging.Published;
import dev.tritontube.web.packaging.RenditionAnswer;
import dev.tritontube.web.packaging.RenditionFile;
import dev.tritontube.web.packaging.StoredSegment;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

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

  /// The same as a file.
  static byte[] file(RestBed bed, AssetId asset) throws Exception {
    byte[] segment =
        AacSegments.segment(
            new Segment(0, 0, 2 * AacSegments.FRAME), List.of(new byte[300], new byte[200]));
    TrackTables tables = new TrackTables(ByteBuffer.wrap(AacSegments.init(2, 128_000)), "und");
    tables.add(Fragment.parse(ByteBuffer.wrap(segment), tables.init()));
    ProgressiveFile file = ProgressiveFile.of(List.of(tables));
    BlobKey key = new BlobKey("a/" + asset + "/rev/audio/0-whole");
    bed.blobs.put(key, ByteBuffer.wrap(segment));
    StoredSegment stored = new StoredSegment(key, segment.length, "audio/mp4");
    RenditionFile rendition =
        new RenditionFile(
            bed.blobs, file, List.of(List.of(stored)), "rev-audio", stored.mediaType());
    bed.packaging.files.put(asset + "/audio", new RenditionAnswer.Whole(rendition));
    byte[] whole = new byte[(int) file.size()];
    file.head().get(whole, 0, file.headBytes());
    System.arraycopy(segment, segment.length - 500, whole, file.headBytes(), 500);
    return whole;
  }

  /// Of a clip that is published, two thumbnails on a sheet.
  static void withThumbnails(RestBed bed, AssetId asset) throws Exception {
    Published published = Objects.requireNonNull(bed.packaging.published.get(asset));
    ImageTrack images = new ImageTrack("thumbnails", 160, 90, 2, 1, 1, 2, 1000);
    bed.packaging.published.put(asset, new Published("rev", published.presentation().with(images)));
    bed.packaging.segments.put(
        asset + "/rev/thumbnails/0",
        new StoredSegment(stored(bed, asset, "sheet").key(), SEGMENT.length, "image/jpeg"));
  }

  static StoredSegment stored(RestBed bed, AssetId asset, String name) throws Exception {
    BlobKey key = new BlobKey("a/" + asset + "/rev/audio/" + name);
    bed.blobs.put(key, ByteBuffer.wrap(SEGMENT));
    String mediaType = name.equals("poster") ? "image/jpeg" : "audio/mp4";
    return new StoredSegment(key, SEGMENT.length, mediaType);
  }
}
