package dev.tritontube.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.client.BatchResult;
import dev.tritontube.client.FrameSet;
import dev.tritontube.client.FrameWish;
import dev.tritontube.client.Keys;
import dev.tritontube.client.NewTrack;
import dev.tritontube.client.NewVideo;
import dev.tritontube.client.Progress;
import dev.tritontube.client.Role;
import dev.tritontube.client.Scope;
import dev.tritontube.client.Source;
import dev.tritontube.client.Track;
import dev.tritontube.client.TrackKind;
import dev.tritontube.client.TritonTube;
import dev.tritontube.client.TritonTubeException;
import dev.tritontube.client.TritonTubeException.Refused;
import dev.tritontube.client.Upload;
import dev.tritontube.client.User;
import dev.tritontube.client.Video;
import dev.tritontube.client.VideoEdit;
import dev.tritontube.client.VideoQuery;
import dev.tritontube.client.VideoStatus;
import dev.tritontube.client.Videos;
import dev.tritontube.client.Visibility;
import dev.tritontube.web.frames.StoredFrames;
import dev.tritontube.web.packaging.AssetMedia;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// The Java client against the server that it is for.
class ClientTest {
  private static final int LARGE = (16 << 20) + 777;
  private static final String PASSWORD = "correct horse";

  @TempDir private Path folder;
  private RestBed bed;
  private TritonTube tube;

  @BeforeEach
  void start() throws Exception {
    bed = new RestBed(folder);
    bed.packaging.untold =
        new AssetMedia(
            AssetMedia.Status.COMPLETED,
            true,
            new AssetMedia.Progress("done", 100, 0),
            null,
            null,
            List.of(),
            false,
            false,
            Instant.EPOCH);
    tube = TritonTube.at(bed.uri("/").toString()).apiKey(RestBed.KEY).open();
  }

  @AfterEach
  void stop() {
    tube.close();
    bed.close();
  }

  private Video small(String title) throws Exception {
    return tube.uploads()
        .post(Source.of("a.mp4", RestBed.mp4(5000)), NewVideo.titled(title), Progress.IGNORED);
  }

  private static void assertRefused(String code, Executable call) {
    assertEquals(code, assertThrows(Refused.class, call).code());
  }

  @Test
  void uploadsWaitsAndDownloads() throws Exception {
    byte[] bytes = RestBed.mp4(LARGE);
    Path file = Files.write(folder.resolve("Küste & Meer.mp4"), bytes);
    NewVideo about =
        NewVideo.untitled()
            .withDescription("a\nb ".repeat(2000))
            .withTags("sea", "night, dark")
            .withVisibility(Visibility.UNLISTED);
    Video video = tube.uploads().upload(file, about);
    assertEquals("Küste & Meer", video.title());
    assertEquals("a\nb ".repeat(2000), video.description());
    assertEquals(List.of("sea", "night, dark"), video.tags());
    assertEquals(Visibility.UNLISTED, video.visibility());
    assertEquals(LARGE, video.sizeBytes());
    assertEquals(
        VideoStatus.COMPLETED, tube.videos().awaitEnd(video.id(), Duration.ofMinutes(1)).status());

    Path copy = folder.resolve("copy.mp4");
    Path part = folder.resolve(".tritontube-" + video.sha256().substring(0, 16) + ".part");
    Files.write(part, Arrays.copyOf(bytes, 9_000_000)); // Of a program that died.
    Videos.Original original = tube.videos().download(video.id(), copy);
    assertEquals("Küste & Meer.mp4", original.fileName());
    assertEquals(video.sha256(), original.sha256());
    assertArrayEquals(bytes, Files.readAllBytes(copy));
  }

  @Test
  void goesOnWithAnUploadAlsoAfterTheServerWasRestarted() throws Exception {
    byte[] bytes = RestBed.mp4(LARGE);
    Source source = Source.of("film.mp4", bytes);
    Upload begun = tube.uploads().begin(source, NewVideo.titled("Film"));
    String path = begun.address().getPath();
    HttpResponse<byte[]> first =
        bed.send(
            bed.authorized(path)
                .headers("Tus-Resumable", "1.0.0", "Upload-Offset", "0")
                .header("Content-Type", "application/offset+octet-stream")
                .method("PATCH", BodyPublishers.ofByteArray(bytes, 0, 1_000_000)));
    assertEquals(204, first.statusCode());
    assertEquals(1_000_000, begun.status().offset());
    bed.restart(); // At another port, so at another address.
    try (TritonTube again = TritonTube.at(bed.uri("/").toString()).apiKey(RestBed.KEY).open()) {
      Upload upload = again.uploads().resume(bed.uri(path)).checked();
      Video video = upload.send(source, Progress.IGNORED);
      assertEquals("Film", video.title());
      assertEquals(LARGE, video.sizeBytes());
      assertEquals(new Upload.Made(video.id()), upload.status().video());
      assertRefused("upload_done", upload::cancel);
    }
  }

  @Test
  void givesUpAnUpload() throws Exception {
    Source source = Source.of("film.mp4", RestBed.mp4(5000));
    Upload upload = tube.uploads().begin(source, NewVideo.untitled());
    upload.cancel();
    assertRefused("gone", upload::status);
    assertEquals(
        410, assertThrows(Refused.class, () -> upload.send(source, Progress.IGNORED)).status());
  }

  @Test
  void seesWhyAFileIsRefused() {
    Source text = Source.of("film.mp4", "no film".repeat(100_000).getBytes());
    assertRefused(
        "unsupported_media",
        () -> tube.uploads().upload(text, NewVideo.untitled(), Progress.IGNORED));
    assertRefused(
        "unsupported_media",
        () -> tube.uploads().post(text, NewVideo.untitled(), Progress.IGNORED));
    Source large = Source.of("film.mp4", new byte[(int) RestBed.MAX_UPLOAD + 1]);
    assertRefused(
        "too_large", () -> tube.uploads().upload(large, NewVideo.untitled(), Progress.IGNORED));
  }

  @Test
  void findsAndChangesVideos() throws Exception {
    Video sea = small("The sea");
    Video lake = small("A lake");
    VideoQuery byTitle = VideoQuery.all().sortedBy(VideoQuery.Sort.TITLE).pagesOf(1);
    assertEquals(
        List.of("A lake", "The sea"), tube.videos().list(byTitle).map(Video::title).toList());
    assertEquals(
        List.of(sea.id()),
        tube.videos()
            .list(
                VideoQuery.all()
                    .matching("sea")
                    .inStatus(VideoStatus.PENDING)
                    .shownTo(Visibility.PUBLIC)
                    .ownedBy("admin")
                    .createdAfter(Instant.EPOCH))
            .map(Video::id)
            .toList());

    Video seen = tube.videos().one(lake.id());
    VideoEdit edit = VideoEdit.none().title("A pond").tags(List.of("water"));
    Video edited = tube.videos().edit(seen, edit);
    assertEquals("A pond", edited.title());
    assertNotEquals(seen.etag(), edited.etag());
    assertRefused("precondition_failed", () -> tube.videos().edit(seen, edit));
    Instant later = Instant.parse("2999-01-01T00:00:00Z");
    assertEquals(
        later, tube.videos().edit(lake.id(), VideoEdit.none().expiresAt(later)).expiresAt());
    assertEquals(null, tube.videos().edit(lake.id(), VideoEdit.none().neverExpires()).expiresAt());
    assertRefused("not_found", () -> tube.videos().one("../" + lake.id()));
  }

  @Test
  void deletesAndRestores() throws Exception {
    Video video = small("The sea");
    tube.videos().delete(video.id());
    assertRefused("not_found", () -> tube.videos().one(video.id()));
    assertNotEquals(null, tube.videos().oneOrDeleted(video.id()).deletedAt());
    assertEquals(video.id(), tube.videos().restore(video.id()).id());
    tube.videos().purge(video.id());
    assertRefused("not_found", () -> tube.videos().restore(video.id()));

    List<String> ids = List.of(small("a").id(), "nothing", small("b").id());
    assertEquals(
        List.of(true, false, true),
        tube.videos().tag(ids, List.of("x"), List.of()).stream().map(BatchResult::isDone).toList());
    tube.videos().show(ids, Visibility.PRIVATE);
    Video first = tube.videos().one(ids.getFirst());
    assertEquals(List.of("x"), first.tags());
    assertEquals(Visibility.PRIVATE, first.visibility());
    assertEquals(404, tube.videos().delete(ids).get(1).status());
    assertEquals(200, tube.videos().restore(ids).getFirst().status());
    assertEquals(200, tube.videos().purge(ids).getLast().status());
  }

  @Test
  void takesFrames() throws Exception {
    Video video = small("The sea");
    assertRefused("not_playable_yet", () -> tube.frames().take(video.id(), FrameWish.count(1)));
    bed.packaging.untold = StoredFrames.MEDIA;
    FrameWish wish = FrameWish.at(List.of(0.5, 2.0)).as(FrameSet.Format.PNG).noWiderThan(320);
    FrameSet queued = tube.frames().take(video.id(), wish);
    assertEquals(FrameSet.Status.QUEUED, queued.status());
    assertEquals("320x180 PNG", queued.width() + "x" + queued.height() + " " + queued.format());
    Path zip = folder.resolve("frames.zip");
    Executable early = () -> tube.frames().download(video.id(), queued.id(), zip, Progress.IGNORED);
    assertEquals(409, assertThrows(Refused.class, early).status());

    StoredFrames.makeAll(bed.database, bed.blobs);

    FrameSet whole = tube.frames().await(video.id(), queued.id(), Duration.ofMinutes(1));
    assertEquals(FrameSet.Status.COMPLETED, whole.status());
    tube.frames().download(video.id(), whole.id(), zip, Progress.IGNORED);
    assertEquals(whole.bytes(), Files.size(zip));
    assertEquals(List.of(whole), tube.frames().list(video.id()).toList());
    tube.frames().delete(video.id(), whole.id());
    assertRefused("not_found", () -> tube.frames().one(video.id(), whole.id()));
  }

  @Test
  void givesAddressesThatNeedNoKey() throws Exception {
    Video video = small("The sea");
    tube.videos().edit(video.id(), VideoEdit.none().visibility(Visibility.PRIVATE));
    Videos.Playback playback = tube.videos().playback(video.id());
    assertTrue(playback.expiresAt().isAfter(Instant.now()));
    assertEquals(409, bed.get(playback.links().hls()).statusCode()); // Nothing to play here.
    String link = tube.videos().downloadLink(video.id()).url();
    assertEquals(200, bed.get(link).statusCode());
    assertEquals(bed.uri(link), tube.address(link));
  }

  @Test
  void looksAfterTracks() throws Exception {
    String video = small("The sea").id();
    byte[] words = "1\n00:00:01,000 --> 00:00:02,000\n<i>Waves</i>\n".getBytes(UTF_8);
    Track track =
        tube.tracks()
            .add(
                video, NewTrack.of(TrackKind.CAPTIONS, "en").labelled("Sounds").asDefault(), words);
    assertEquals(List.of(track), tube.tracks().list(video));
    assertTrue(track.preferred());
    assertEquals(
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<i>Waves</i>\n",
        tube.tracks().content(video, track.id()));
    assertEquals("Klänge", tube.tracks().rename(video, track.id(), "Klänge", "de").label());
    assertFalse(tube.tracks().prefer(video, track.id(), false).preferred());
    assertRefused(
        "bad_text", () -> tube.tracks().replace(video, track.id(), "nothing".getBytes(UTF_8)));
    tube.tracks().delete(video, track.id());
    assertEquals(List.of(), tube.tracks().list(video));
  }

  @Test
  void signsInAndOut() {
    try (TritonTube ann = TritonTube.at(bed.uri("/").toString()).open()) {
      assertRefused("unauthorized", () -> ann.account().me());
      User user = ann.account().register("ann", PASSWORD);
      assertEquals(Role.UPLOADER, user.role());
      assertRefused("bad_credentials", () -> ann.account().login("ann", "wrong horse"));
      assertEquals(user, ann.account().login("ann", PASSWORD));
      assertEquals(List.of(Scope.READ, Scope.WRITE, Scope.UPLOAD), ann.account().me().scopes());
      ann.account().changePassword(PASSWORD, "another horse");
      assertRefused("forbidden", () -> ann.users().list().toList());
      assertEquals(User.State.DISABLED, tube.users().disable(user.id()).state());
      assertRefused("bad_refresh_token", () -> ann.account().me()); // The session is over.
      assertRefused("unauthorized", () -> ann.account().me());
      tube.users().enable(user.id());
      ann.account().login("ann", "another horse");
      ann.account().logout();
      assertRefused("unauthorized", () -> ann.account().me());
      ann.account().login("ann", "another horse");
      ann.account().delete("another horse");
      assertRefused("bad_credentials", () -> ann.account().login("ann", "another horse"));
    }
  }

  @Test
  void looksAfterUsersAndKeys() {
    User bob = tube.users().create("bob", null, Role.VIEWER);
    assertEquals(bob, tube.users().one(bob.id()));
    assertEquals(List.of(bob), tube.users().list().toList());
    assertEquals(Role.UPLOADER, tube.users().changeRole(bob.id(), Role.UPLOADER).role());
    String token = tube.users().allowPasswordReset(bob.id()).token();
    tube.account().resetPassword(token, PASSWORD);
    assertRefused("bad_reset_token", () -> tube.account().resetPassword(token, PASSWORD));

    Instant expiry = Instant.parse("2999-01-01T00:00:00Z");
    Keys.Created key = tube.keys().create("nightly", Set.of(Scope.READ), expiry, bob.id());
    assertEquals(expiry, key.apiKey().expiresAt());
    try (TritonTube program = TritonTube.at(bed.uri("/").toString()).apiKey(key.key()).open()) {
      assertEquals(List.of(Scope.READ), program.account().me().scopes());
      assertEquals(
          List.of(key.apiKey().id()),
          tube.keys().list(bob.id()).stream().map(one -> one.id()).toList());
      tube.keys().revoke(key.apiKey().id());
      assertThrows(TritonTubeException.class, () -> program.account().me());
    }
    tube.users().delete(bob.id());
    assertRefused("not_found", () -> tube.users().one(bob.id()));
  }
}
