package dev.tritontube.web.packaging;

import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.packaging.MediaException.Code;
import dev.tritontube.web.packaging.StillCommand.Shot;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/// Takes pictures out of originals: for each wanted time the one that is shown then, turned and
/// toned as the ladder does it. Gives way to all encoding that somebody waits for. Thread-safe.
///
/// What is shown at a time is the last picture that is not after it, by the presentation's clock;
/// before the first picture that one, after the last one that.
public final class Stills {
  /// The largest picture that is taken.
  static final int MAX_PICTURE_BYTES = 48 << 20;

  /// The most pixels that a picture has.
  public static final long MAX_PIXELS = Probe.MAX_PIXELS;

  private final Workshop workshop;
  private final Function<AssetId, Optional<EncodingPlan>> plans;
  private final RunningWork running;

  /// @param plans by which assets are encoded
  Stills(Workshop workshop, Function<AssetId, Optional<EncodingPlan>> plans, RunningWork running) {
    this.workshop = workshop;
    this.plans = plans;
    this.running = running;
  }

  /// What is wanted.
  ///
  /// @param width of the pictures, in pixels
  public record Order(StillTimes times, StillFormat format, int width, int height) {
    public Order {
      if (width < 1 || height < 1 || (long) width * height > MAX_PIXELS) {
        throw new IllegalArgumentException("no picture has " + width + " x " + height);
      }
    }

    long pixels() {
      return (long) width * height;
    }
  }

  /// Where pictures go, in the order of the times.
  @FunctionalInterface
  public interface Sink {
    /// @throws IOException to end it
    void take(int index, byte[] picture) throws IOException;
  }

  /// A picture, or all together, have more bytes than are taken.
  public static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1;

    public TooLargeException(String message) {
      super(message);
    }
  }

  /// What came of it.
  public sealed interface Outcome {
    /// All are taken.
    record Taken() implements Outcome {}

    /// The file itself is the trouble: trying again would not help.
    ///
    /// @param code stable, for programs
    record Bad(String code, String detail) implements Outcome {}

    /// The asset is not there any more, or not known.
    record Gone() implements Outcome {}
  }

  /// Takes pictures until all are taken. To be stopped by an interrupt.
  ///
  /// @param first index of the first one to take
  /// @throws java.util.concurrent.CancellationException when work on the asset is stopped
  /// @throws IOException when the original cannot be read, or what the sink failed with
  public Outcome take(AssetId asset, Order order, int first, Sink sink)
      throws IOException, InterruptedException {
    Optional<Original> original = workshop.originals().find(asset);
    Optional<EncodingPlan> plan = plans.apply(asset);
    if (original.isEmpty() || plan.isEmpty()) {
      return new Outcome.Gone();
    }
    EncodingPlan.Video video = plan.get().video();
    if (video == null) {
      return new Outcome.Bad(Code.NO_STREAMS.text(), "the file has no moving pictures");
    }
    try (SourceRelay.Lease lease = workshop.relay().lend(original.get());
        RunningWork.Entry entry = running.enterAside(asset)) {
      Source source = new Source(lease, plan.get().container());
      workshop
          .studio()
          .camera()
          .takeAll(new Shot(source, plan.get(), video, order), first, sink, entry.cancellation());
      return new Outcome.Taken();
    } catch (MediaException e) {
      return new Outcome.Bad(e.code().text(), String.valueOf(e.getMessage()));
    }
  }
}
