package dev.tritontube.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConformanceTest {
  private static final String MPD = "manifest.mpd";
  private static final String MASTER = "master.m3u8";
  private static final Map<Rule, Consumer<Spoiled>> BREACHES = new EnumMap<>(Rule.class);

  private static Map<URI, Answer> good = Map.of();

  @BeforeAll
  static void make() throws Exception {
    good = GoodVideo.make();
    general();
    mpd();
    init();
    segments();
    mediaPlaylists();
    multivariant();
    media();
  }

  @Test
  void findsNothingWhereAllIsWell() throws Exception {
    Report report = report(new Spoiled(good), true);

    assertEquals(List.of(), report.findings());
    assertEquals(Set.of(Rule.values()), report.applied());
    assertTrue(report.lines().stream().allMatch(line -> line.startsWith("ok ")));
  }

  @ParameterizedTest
  @EnumSource(Rule.class)
  void eachRuleCanBeBroken(Rule rule) throws Exception {
    Spoiled spoiled = new Spoiled(good);
    BREACHES.getOrDefault(rule, _ -> {}).accept(spoiled);

    Report report = report(spoiled, true);

    assertTrue(
        report.findings().stream().anyMatch(finding -> finding.rule() == rule),
        () -> rule + " is not among " + report.findings());
    assertTrue(report.lines().stream().anyMatch(line -> line.startsWith("FAIL " + rule.id())));
  }

  @Test
  void ratesAndChoiceAreNotHeldAgainstWhatIsStillMade() throws Exception {
    Spoiled spoiled = new Spoiled(good);
    Objects.requireNonNull(BREACHES.get(Rule.HLS_PEAK)).accept(spoiled);

    assertEquals(List.of(), report(spoiled, false).findings());
  }

  @Test
  void reportsWhatCannotBeReadAtAll() throws Exception {
    Spoiled spoiled = new Spoiled(good);
    spoiled.text(MPD, "<Period", "<Peri");
    spoiled.rename("240p/1.m4s", "traf", "tref");
    spoiled.rename("360p/init.mp4", "moov", "mooo");

    Set<Rule> rules =
        Set.copyOf(report(spoiled, true).findings().stream().map(Finding::rule).toList());

    assertTrue(
        rules.containsAll(Set.of(Rule.MPD_SCHEMA, Rule.SEGMENT_BOXES, Rule.INIT_BOXES)),
        rules::toString);
  }

  @Test
  void knowsAVideoByThePageWhereOneWatchesIt() {
    URI video = URI.create("https://tube.example/api/v1/videos/abc2");

    assertEquals(video, Conformance.video(URI.create("https://tube.example/watch/abc2?t=7#x")));
    assertEquals(video, Conformance.video(URI.create("https://tube.example/embed/abc2")));
    assertEquals(video, Conformance.video(video));
  }

  private static Report report(Library library, boolean whole) throws IOException {
    URI folder = GoodVideo.FOLDER;
    return new Conformance(library)
        .check(new Conformance.Target(folder.resolve(MPD), folder.resolve(MASTER), whole));
  }

  private static void general() {
    BREACHES.put(Rule.FILES_SERVED, v -> v.answer("360p/1.m4s", 404, "video/mp4", false));
    BREACHES.put(Rule.SAME_FILES, v -> v.text(MASTER, "#EXT-X-STREAM-INF.*\n.*360p.*\n", ""));
    BREACHES.put(Rule.HLS_GZIP, v -> v.answer(MASTER, 200, "audio/mpegurl", false));
    BREACHES.put(Rule.HLS_TYPES, v -> v.answer("360p/0.m4s", 200, "text/plain", false));
    BREACHES.put(Rule.HLS_DIRECT, v -> v.answer("audio/2.m4s", 302, "", false));
  }

  private static void mpd() {
    BREACHES.put(Rule.MPD_SCHEMA, v -> v.text(MPD, "<Role", "<Unknown/><Role"));
    BREACHES.put(Rule.MPD_DURATION, v -> v.text(MPD, "onDuration=\"PT5S\"", "onDuration=\"PT6S\""));
    BREACHES.put(Rule.MPD_TIMELINE, v -> v.text(MPD, "<S d=", "<S t=\"99999\" d="));
    BREACHES.put(Rule.MPD_LONGEST, v -> v.text(MPD, "(mentDuration=\"PT)4", "$11"));
    BREACHES.put(Rule.MPD_ALIGNMENT, v -> v.add("360p/1.m4s", "tfdt", 15, 1));
    BREACHES.put(Rule.MPD_CODECS, v -> v.text(MPD, "mp4a.40.2", "mp4a.40.5"));
    BREACHES.put(Rule.MPD_PICTURES, v -> v.text(MPD, " height=\"360\"", " height=\"362\""));
    BREACHES.put(Rule.MPD_SOUND, v -> v.text(MPD, "Rate=\"48000\"", "Rate=\"44100\""));
    BREACHES.put(Rule.MPD_BANDWIDTH, v -> v.text(MPD, "bandwidth=\"[0-9]", "bandwidth=\""));
    BREACHES.put(Rule.MPD_TEXT, v -> v.text(MPD, "value=\"caption\"", "value=\"sign\""));
    BREACHES.put(Rule.MPD_IMAGES, v -> v.text(MPD, "\"2x1\"", "\"3x1\""));
    BREACHES.put(Rule.FRAME_COUNT, v -> v.text(MPD, " frameRate=\"25\"", " frameRate=\"24\""));
  }

  private static void init() {
    BREACHES.put(Rule.INIT_BRANDS, v -> v.rename("240p/init.mp4", "cmfc", "qt  "));
    BREACHES.put(Rule.INIT_BOXES, v -> v.append("240p/init.mp4"));
    BREACHES.put(Rule.INIT_EMPTY, v -> v.add("240p/init.mp4", "stts", 11, 1));
    BREACHES.put(Rule.INIT_EXTENDS, v -> v.rename("audio/init.mp4", "trex", "trey"));
    BREACHES.put(Rule.INIT_TIME, v -> v.add("audio/init.mp4", "mdhd", 19, 1));
    BREACHES.put(Rule.HLS_ASPECT, v -> v.add("240p/init.mp4", "avc1", 29, -100));
    BREACHES.put(Rule.HLS_PROFILE, v -> v.add("360p/init.mp4", "avcC", 5, 10));
    BREACHES.put(Rule.HLS_STEREO, v -> v.rename("audio/init.mp4", "mp4a", "ac-3"));
  }

  private static void segments() {
    BREACHES.put(Rule.SEGMENT_BOXES, v -> v.append("360p/1.m4s"));
    BREACHES.put(Rule.SEGMENT_SEQUENCE, v -> v.add("360p/1.m4s", "mfhd", 11, -2));
    BREACHES.put(Rule.SEGMENT_TRACK, v -> v.add("360p/1.m4s", "tfhd", 5, -2));
    BREACHES.put(Rule.SEGMENT_DATA, v -> v.add("audio/1.m4s", "trun", 15, -1));
    BREACHES.put(Rule.SEGMENT_TIME, v -> v.add("audio/1.m4s", "tfdt", 14, 1));
    BREACHES.put(Rule.SEGMENT_CONTINUOUS, v -> v.add("audio/1.m4s", "tfdt", 14, -1));
    BREACHES.put(Rule.SEGMENT_DURATION, v -> v.add("audio/1.m4s", "trun", 19, 1));
    BREACHES.put(Rule.SEGMENT_PRESENTATION, v -> v.add("360p/1.m4s", "trun", 4, -1));
    BREACHES.put(Rule.SEGMENT_SAP, v -> v.add("audio/1.m4s", "trun", 25, 1));
    BREACHES.put(Rule.SEGMENT_IDR, v -> v.withoutIdr("360p/2.m4s"));
  }

  private static void mediaPlaylists() {
    BREACHES.put(Rule.HLS_VOD, v -> v.text("360p.m3u8", "#EXT-X-ENDLIST", ""));
    BREACHES.put(Rule.HLS_MAP, v -> v.text("360p.m3u8", "#EXT-X-MAP.*\n", ""));
    BREACHES.put(Rule.HLS_TARGET, v -> v.text("360p.m3u8", "DURATION:2", "DURATION:1"));
    BREACHES.put(Rule.HLS_SAME_TARGET, v -> v.text("audio.m3u8", "DURATION:2", "DURATION:3"));
    BREACHES.put(Rule.HLS_SAME_LENGTH, v -> v.text("360p.m3u8", "INF:1.0", "INF:0.9"));
    BREACHES.put(Rule.HLS_TEXT, v -> v.text("text/cc/0.vtt", "X-TIMESTAMP-MAP.*\n", ""));
    BREACHES.put(Rule.HLS_EXTINF, v -> v.text("audio.m3u8", "INF:2.0", "INF:2.1"));
    BREACHES.put(Rule.HLS_ALIGNED, v -> v.text("360p.m3u8", "INF:1.0", "INF:1.001"));
    BREACHES.put(
        Rule.HLS_CONTINUOUS,
        v -> v.text("360p.m3u8", "#EXTINF:1", "#EXT-X-DISCONTINUITY\n#EXTINF:1"));
  }

  private static void multivariant() {
    BREACHES.put(Rule.HLS_SYNTAX, v -> v.text(MASTER, "VERSION:7", "VERSION:3"));
    BREACHES.put(Rule.HLS_INDEPENDENT, v -> v.text(MASTER, "#EXT-X-INDEPENDENT.*\n", ""));
    BREACHES.put(Rule.HLS_GROUPS, v -> v.text(MASTER, ",AUDIO=\"audio-0", ",AUDIO=\"audio-1"));
    BREACHES.put(Rule.HLS_RENDITIONS, v -> v.text(MASTER, "DEFAULT=YES", "DEFAULT=NO"));
    BREACHES.put(Rule.HLS_LANGUAGE, v -> v.text(MASTER, "LANGUAGE=\"en\",", ""));
    BREACHES.put(Rule.HLS_IMAGES, v -> v.text("thumbnails.m3u8", "LAYOUT=2x1", "LAYOUT=1x2"));
    BREACHES.put(Rule.HLS_VARIANTS, v -> v.text(MASTER, "#EXT-X-STREAM-INF.*\n.*240p.*\n", ""));
  }

  private static void media() {
    BREACHES.put(Rule.HLS_CODECS, v -> v.text(MASTER, ",mp4a.40.2", ""));
    BREACHES.put(Rule.HLS_RESOLUTION, v -> v.text(MASTER, "640x360", "640x480"));
    BREACHES.put(Rule.HLS_FRAME_RATE, v -> v.text(MASTER, "RATE=25.000", "RATE=24.000"));
    BREACHES.put(Rule.HLS_AVERAGE, v -> v.text(MASTER, "AVERAGE-BANDWIDTH", "X-NO"));
    BREACHES.put(Rule.HLS_PEAK, v -> v.text(MASTER, ":BANDWIDTH=", ":BANDWIDTH=9"));
  }
}
