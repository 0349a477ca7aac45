package dev.tritontube.hls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlaylistTest {
  @Test
  void refersToWhatIsInLinesAndInAttributes() {
    Playlist playlist =
        Playlist.read(
            URI.create("http://host/v/a.m3u8"),
            """
            #EXTM3U
            # a remark with URI="remark"
            #EXT-X-MAP:URI="a/init.mp4"
            #EXTINF:2,

            a/0.m4s
            /b/1.m4s
            """);

    assertEquals("#EXTM3U", playlist.firstLine());
    assertEquals(
        List.of(
            URI.create("http://host/v/a/init.mp4"),
            URI.create("http://host/v/a/0.m4s"),
            URI.create("http://host/b/1.m4s")),
        playlist.references());
  }
}
