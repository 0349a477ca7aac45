package dev.tritontube.web.frames;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.tritontube.web.blobs.Blobs;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.RandomIds;
import dev.tritontube.web.frames.FrameWorkStore.Attempt;
import dev.tritontube.web.packaging.AssetMedia;
import dev.tritontube.web.packaging.AssetMedia.Facts;
import dev.tritontube.web.packaging.AssetMedia.Progress;
import dev.tritontube.web.packaging.AssetMedia.Status;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Sets whose pictures nobody took.
public final class StoredFrames {
  /// Ten seconds of moving pictures.
  public static final AssetMedia MEDIA =
      new AssetMedia(
          Status.COMPLETED,
          true,
          new Progress("done", 100, null),
          null,
          new Facts(10, 640, 360, 25.0, "mp4", "h264", null),
          List.of(),
          true,
          false,
          Instant.EPOCH);

  private static final Random RANDOM = new Random(3);

  private StoredFrames() {}

  /// What is put in the place of a picture.
  static byte[] picture(int index) {
    return ("picture " + index).getBytes(US_ASCII);
  }

  /// Makes all that are to be made, of something else than pictures.
  public static void makeAll(Database database, Blobs blobs) throws IOException {
    FrameWorkStore work = new FrameWorkStore(database);
    Instant now = Instant.now();
    for (Optional<String> due = work.due(now); due.isPresent(); due = work.due(now)) {
      Attempt attempt =
          work.begin(due.get(), RandomIds.next(RANDOM), now, FrameWorker.LEASE).orElseThrow();
      FrameWriter writer =
          new FrameWriter(
              new FrameWriter.Ground(
                  work, blobs, FrameWorker.LEASE, Long.MAX_VALUE, InstantSource.system()),
              attempt);
      for (int i = 0; i < attempt.set().count(); i++) {
        writer.take(i, picture(i));
      }
      work.complete(attempt, writer.finish(), now, now.plus(FrameRun.KEPT));
    }
  }
}
