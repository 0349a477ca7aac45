package dev.tritontube.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoggedPathTest {
  @ParameterizedTest
  @CsvSource({
    "/api/v1/videos/abc/t/1~sx~secret/manifest.mpd, /api/v1/videos/abc/t/-/manifest.mpd",
    "/api/v1/videos/abc/t/secret, /api/v1/videos/abc/t/-",
    "/api/v1/videos/abc/%74/secret/poster.jpg, /api/v1/videos/abc/%74/-/poster.jpg",
    "/api/v1/videos/abc/T/secret/x, /api/v1/videos/abc/T/-/x",
    "/api/v1/videos/abc/media/rev/audio/0.m4s, /api/v1/videos/abc/media/rev/audio/0.m4s"
  })
  void leavesOutTokens(String path, String logged) {
    assertEquals(logged, LoggedPath.of(path));
  }
}
