package dev.tritontube.web.packaging;

import dev.tritontube.web.catalog.AssetId;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads files from the ring with the programs of this process. Thread-safe.
final class RingReader implements EmbeddedReader {
  private static final Logger LOG = LoggerFactory.getLogger(RingReader.class);

  private final Workshop workshop;
  private final Function<AssetId, Optional<EncodingPlan>> plans;
  private final RunningWork running;

  /// @param plans by which assets are encoded
  RingReader(
      Workshop workshop, Function<AssetId, Optional<EncodingPlan>> plans, RunningWork running) {
    this.workshop = workshop;
    this.plans = plans;
    this.running = running;
  }

  @Override
  public Duration longest() {
    return ToolLimits.LONGEST_READING.plusMinutes(5);
  }

  @Override
  public Optional<EmbeddedTracks> read(AssetId asset) throws IOException, InterruptedException {
    Optional<EncodingPlan> plan = plans.apply(asset);
    Optional<Original> original = workshop.originals().find(asset);
    if (plan.isEmpty() || original.isEmpty()) {
      return Optional.empty();
    }
    try (RunningWork.Entry entry = running.enterAside(asset);
        SourceRelay.Lease lease = workshop.relay().lend(original.get())) {
      Source source = new Source(lease, plan.get().container());
      return Optional.of(workshop.studio().texts().read(source, plan.get(), entry.cancellation()));
    } catch (MediaException e) {
      LOG.info("what is to be read in asset {} is not: {}", asset, e.getMessage());
      return Optional.empty();
    }
  }
}
