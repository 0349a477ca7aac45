package dev.tritontube.web.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tritontube.web.packaging.AssetMedia.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The largest size there is goes through within the limits on memory.
class LargePictureTest {
  @TempDir Path folder;

  @Test
  void fourThousandLines() throws Exception {
    try (PackagingFixture fixture = new PackagingFixture(folder)) {
      byte[] clip = new Clips(folder).usual("a.mp4", "3840x2160", "30", "0.1");
      AssetMedia media = fixture.work(clip);
      assertEquals(Status.COMPLETED, media.status(), media.toString());
      assertEquals(7, media.renditions().size());
      assertEquals("2160p", media.renditions().getLast().name());
    }
  }

  @Test
  void tooManyPixelsAreRefused() throws Exception {
    try (PackagingFixture fixture = new PackagingFixture(folder)) {
      byte[] clip =
          new Clips(folder)
              .make(
                  "a.mkv", "-f", "lavfi", "-i", "color=black:s=8192x8192:r=1:d=1", "-c:v", "mjpeg");
      AssetMedia media = fixture.work(clip);
      assertEquals(Status.FAILED, media.status(), media.toString());
      AssetMedia.Failure error = media.error();
      assertEquals("too_many_pixels", error == null ? "" : error.code(), media.toString());
    }
  }
}
