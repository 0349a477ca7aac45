package dev.tritontube.web.uploads;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tritontube.web.catalog.FollowedUploadStore.Report;
import dev.tritontube.web.catalog.UploadToken;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FollowedUploadTest {
  private static final UploadToken TOKEN = new UploadToken("0123456789abcdef");
  private static final long SECOND = 1_000_000_000;

  private long nanos;

  @Test
  void estimatesByWhatCame() throws Exception {
    FollowedUpload upload = new FollowedUpload(TOKEN, OptionalLong.of(1000), () -> nanos);
    InputStream body = upload.counting(new ByteArrayInputStream(new byte[1000]));
    assertEquals(new Report(TOKEN, 0, 0, null), upload.report());
    body.readNBytes(250);
    nanos = 2 * SECOND;
    assertEquals(new Report(TOKEN, 250, 25, 6), upload.report());
    body.readAllBytes();
    assertEquals(new Report(TOKEN, 1000, 99, 0), upload.report());
  }

  @Test
  void knowsNothingWithoutALength() throws Exception {
    FollowedUpload upload = new FollowedUpload(TOKEN, OptionalLong.empty(), () -> nanos);
    upload.counting(new ByteArrayInputStream(new byte[10])).readNBytes(7);
    assertEquals(new Report(TOKEN, 7, null, null), upload.report());
  }
}
