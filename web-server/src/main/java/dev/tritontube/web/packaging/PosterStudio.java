package dev.tritontube.web.packaging;

import dev.tritontube.web.catalog.AssetId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Makes posters when somebody wants one: of a moment of a film, and of a picture from outside, of
/// which nothing stays but what it looks like. Thread-safe.
public final class PosterStudio {
  private final Workshop workshop;
  private final Stills stills;
  private final Function<AssetId, Optional<EncodingPlan>> plans;

  /// @param plans by which assets are encoded
  PosterStudio(Workshop workshop, Stills stills, Function<AssetId, Optional<EncodingPlan>> plans) {
    this.workshop = workshop;
    this.stills = stills;
    this.plans = plans;
  }

  /// What is shown at a time, as a JPEG.
  ///
  /// @param seconds from the beginning
  /// @return empty when there are no pictures (any more), or they cannot be decoded there
  /// @throws IOException when the original could not be read
  public Optional<ByteBuffer> moment(AssetId asset, double seconds)
      throws IOException, InterruptedException {
    EncodingPlan.Video video = plans.apply(asset).map(EncodingPlan::video).orElse(null);
    if (video == null) {
      return Optional.empty();
    }
    Rung size = PosterSize.of(video);
    StillTimes time = new StillTimes.Listed(List.of((long) (1000 * seconds)));
    List<ByteBuffer> taken = new ArrayList<>(1);
    stills.take(
        asset,
        new Stills.Order(time, StillFormat.JPG, size.width(), size.height()),
        0,
        (_, picture) -> taken.add(ByteBuffer.wrap(picture)));
    return taken.stream().findFirst();
  }

  /// A picture from outside made anew, as a JPEG.
  ///
  /// @param known what its first bytes say
  /// @return empty when it cannot be decoded
  public Optional<ByteBuffer> anew(byte[] bytes, StillPicture known)
      throws IOException, InterruptedException {
    try (SourceRelay.Lease lease = workshop.relay().lend(new BytesOriginal(bytes))) {
      return workshop.studio().pictures().poster().anew(lease, known, new Cancellation());
    }
  }
}
