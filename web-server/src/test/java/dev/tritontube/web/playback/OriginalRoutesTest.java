package dev.tritontube.web.playback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class OriginalRoutesTest {
  @Test
  void namesAreSafeInHeaders() {
    assertEquals(
        "attachment; filename=\"a_b_.mp4\"; filename*=UTF-8''a%C3%A4b%22.mp4",
        OriginalRoutes.attachment("aäb\".mp4"));
  }
}
