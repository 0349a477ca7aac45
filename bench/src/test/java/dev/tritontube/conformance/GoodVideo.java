package dev.tritontube.conformance;

import dev.tritontube.manifests.dash.Mpd;
import dev.tritontube.manifests.hls.Playlists;
import dev.tritontube.manifests.mp4.AacSegments;
import dev.tritontube.manifests.mp4.Format;
import dev.tritontube.manifests.mp4.Fragment;
import dev.tritontube.manifests.mp4.InitSegment;
import dev.tritontube.manifests.mp4.SegmentSplitter;
import dev.tritontube.manifests.presentation.AudioRepresentation;
import dev.tritontube.manifests.presentation.AudioTrack;
import dev.tritontube.manifests.presentation.Bandwidth;
import dev.tritontube.manifests.presentation.ImageTrack;
import dev.tritontube.manifests.presentation.MediaUrls;
import dev.tritontube.manifests.presentation.Presentation;
import dev.tritontube.manifests.presentation.Rational;
import dev.tritontube.manifests.presentation.Representation;
import dev.tritontube.manifests.presentation.Role;
import dev.tritontube.manifests.presentation.Segment;
import dev.tritontube.manifests.presentation.TextTrack;
import dev.tritontube.manifests.presentation.TextTrack.Purpose;
import dev.tritontube.manifests.presentation.Timeline;
import dev.tritontube.manifests.presentation.Track;
import dev.tritontube.manifests.presentation.VideoRepresentation;
import dev.tritontube.manifests.presentation.VideoTrack;
import dev.tritontube.manifests.text.Cue;
import dev.tritontube.manifests.text.Cues;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/// Five seconds at 25 frames a second in two sizes, with sound, words and an image of every other
/// second: a video as it should be served.
final class GoodVideo {
  static final URI FOLDER = URI.create("http://localhost/api/v1/videos/abc/");
  private static final MediaUrls URLS = new MediaUrls("r1");
  private static final Timeline PICTURES = Timeline.uniform(25_000, 50_000, 125_000);
  private static final Timeline SOUND =
      Timeline.uniform(AacSegments.RATE, 94 * AacSegments.FRAME, 5 * AacSegments.RATE);

  private final Map<URI, Answer> files = new HashMap<>();

  private GoodVideo() {}

  static Map<URI, Answer> make() throws IOException, InterruptedException {
    GoodVideo video = new GoodVideo();
    List<VideoRepresentation> sizes =
        List.of(video.pictures("240p", 426, 240), video.pictures("360p", 640, 360));
    Presentation presentation =
        Presentation.of(
                PICTURES.duration(),
                List.of(new VideoTrack("video", Role.MAIN, PICTURES, sizes)),
                List.of(
                    new AudioTrack("sound", Role.MAIN, "en", "", SOUND, List.of(video.sound()))))
            .with(video.images());
    video.manifests(presentation);
    return Map.copyOf(video.files);
  }

  private void manifests(Presentation presentation) {
    List<TextTrack> texts = List.of(words(presentation));
    put("manifest.mpd", "application/dash+xml", Mpd.render(presentation, texts, URLS).getBytes());
    playlist("master.m3u8", Playlists.master(presentation, texts, URLS));
    playlist(
        "media/r1/thumbnails.m3u8",
        Playlists.media(presentation, URLS, "thumbnails").orElseThrow());
    for (Track track : presentation.periods().getFirst().tracks()) {
      for (Representation representation : track.representations()) {
        String id = representation.id();
        playlist(URLS.playlist(id), Playlists.media(presentation, URLS, id).orElseThrow());
      }
    }
  }

  private TextTrack words(Presentation presentation) {
    Cues cues = new Cues(List.of(Cue.plain(1000, 2000, "Hello")));
    put("text/cc.vtt", "text/vtt", cues.write().getBytes());
    put("text/cc/0.vtt", "text/vtt", cues.segment(0, 6000).getBytes());
    playlist("text/cc.m3u8", Playlists.text(presentation, URLS, "cc"));
    return new TextTrack("cc", Purpose.CAPTIONS, "en", "English", false, false, 100);
  }

  private ImageTrack images() throws IOException {
    ByteArrayOutputStream sheet = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(160, 45, BufferedImage.TYPE_INT_RGB), "jpeg", sheet);
    put("media/r1/thumbnails/0.jpg", "image/jpeg", sheet.toByteArray());
    put("media/r1/thumbnails/1.jpg", "image/jpeg", sheet.toByteArray());
    return new ImageTrack("thumbnails", 80, 45, 2, 1, 2, 3, 8L * sheet.size() / 4);
  }

  private void playlist(String path, String text) {
    byte[] body = text.getBytes();
    files.put(FOLDER.resolve(path), new Answer(200, "application/vnd.apple.mpegurl", true, body));
  }

  private void put(String path, String type, byte[] body) {
    files.put(FOLDER.resolve(path), new Answer(200, type, false, body));
  }

  private AudioRepresentation sound() {
    Random random = new Random(1);
    put("media/r1/audio/init.mp4", "audio/mp4", AacSegments.init(2, 64_000));
    List<byte[]> segments = new ArrayList<>();
    for (Segment segment : SOUND.segments().toList()) {
      List<byte[]> frames = new ArrayList<>();
      for (long left = segment.duration(); left > 0; left -= AacSegments.FRAME) {
        byte[] frame = new byte[170];
        random.nextBytes(frame);
        frames.add(frame);
      }
      segments.add(AacSegments.segment(segment, frames));
    }
    return new AudioRepresentation(
        "audio", "mp4a.40.2", store("audio", "audio/mp4", SOUND, segments), AacSegments.RATE, 2);
  }

  private VideoRepresentation pictures(String id, int width, int height)
      throws IOException, InterruptedException {
    Parts parts = new Parts();
    Process process =
        new ProcessBuilder(encoder(width, height))
            .inheritIO()
            .redirectOutput(ProcessBuilder.Redirect.PIPE)
            .start();
    try (InputStream in = process.getInputStream()) {
      new SegmentSplitter(16 << 20).split(in, parts);
    }
    if (process.waitFor() != 0 || parts.init == null) {
      throw new IOException("ffmpeg failed");
    }
    put("media/r1/" + id + "/init.mp4", "video/mp4", parts.init);
    return new VideoRepresentation(
        id,
        parts.codecs,
        store(id, "video/mp4", PICTURES, parts.fragments),
        width,
        height,
        Rational.of(25));
  }

  private static List<String> encoder(int width, int height) {
    String command =
        "ffmpeg -v error -nostdin -f lavfi -i testsrc2=s=%dx%d:r=25:d=5 -c:v libx264"
            + " -preset veryfast -profile:v high -bf 2 -g 50 -keyint_min 50 -sc_threshold 0"
            + " -pix_fmt yuv420p -video_track_timescale 25000 -f mp4"
            + " -movflags +frag_keyframe+empty_moov+default_base_moof+cmaf pipe:1";
    return List.of(command.formatted(width, height).split(" "));
  }

  private Bandwidth store(String id, String type, Timeline timeline, List<byte[]> segments) {
    LongStream.range(0, timeline.count())
        .forEach(n -> put("media/r1/" + id + "/" + n + ".m4s", type, segments.get((int) n)));
    return Bandwidth.of(timeline, segment -> segments.get((int) segment.number()).length);
  }

  private static final class Parts implements SegmentSplitter.Sink {
    private byte @Nullable [] init;
    private String codecs = "";
    private final List<byte[]> fragments = new ArrayList<>();

    @Override
    public void init(byte[] bytes, InitSegment parsed) throws IOException {
      init = bytes;
      codecs = ((Format.Video) parsed.onlyTrack().format()).codecs();
    }

    @Override
    public void fragment(byte[] bytes, Fragment fragment) {
      fragments.add(bytes);
    }
  }
}
