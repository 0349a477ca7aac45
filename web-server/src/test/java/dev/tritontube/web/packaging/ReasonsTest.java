package dev.tritontube.web.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.tritontube.web.blobs.BlobException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReasonsTest {
  private static final Instant AGAIN = Instant.parse("2026-01-01T00:00:09.123Z");

  @Test
  void tellsTheRingFromTheRest() {
    IOException ring = new BlobException(BlobException.Reason.UNAVAILABLE, "10.0.0.7 is away");
    assertEquals(
        new AssetMedia.Reason(
            "storage_unavailable",
            "Too few storage nodes answer; the next attempt is at 2026-01-01T00:00:09Z"),
        Reasons.retrying(new UncheckedIOException(new IOException("reading", ring)), AGAIN));
    assertEquals(
        "storage_full",
        Reasons.retrying(new BlobException(BlobException.Reason.STORAGE_FULL, "full"), AGAIN)
            .code());
  }

  @Test
  void saysNothingOfTheInside() {
    AssetMedia.Reason reason = Reasons.retrying(new IOException("/srv/secret is away"), AGAIN);
    assertEquals("retrying", reason.code());
    assertFalse(reason.detail().contains("secret"), reason.detail());
  }
}
