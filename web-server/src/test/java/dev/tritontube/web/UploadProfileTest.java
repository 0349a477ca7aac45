package dev.tritontube.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.AssetStore;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// By which profile an upload is encoded.
class UploadProfileTest {
  private static final String VIDEOS = "/api/v1/videos";

  @TempDir private Path folder;
  private RestBed bed;

  @BeforeEach
  void start() throws Exception {
    bed = new RestBed(folder);
  }

  @AfterEach
  void stop() {
    bed.close();
  }

  @Test
  void theSameBytesByAnotherProfileAreAnotherAsset() throws Exception {
    AssetId usual = uploaded("");
    AssetId small = uploaded("?profile=small");

    assertEquals(usual, uploaded("?profile=standard"));
    assertEquals(small, uploaded("?profile=small"));
    assertNotEquals(usual, small);
    assertEquals("1", making(usual));
    assertEquals("1:small", making(small));
    assertTrue(bed.packaging.enqueued.contains(small));
  }

  @Test
  void isNamedInAFormOrInMetadata() throws Exception {
    String form =
        "--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n"
            + new String(RestBed.mp4(50), UTF_8)
            + "\r\n--x\r\nContent-Disposition: form-data; name=\"profile\"\r\n\r\nsmall\r\n--x--\r\n";
    HttpResponse<byte[]> answer =
        bed.send(
            bed.authorized(VIDEOS)
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(BodyPublishers.ofString(form)));
    assertEquals("1:small", making(bed.assetOf(RestBed.json(answer))));

    HttpResponse<byte[]> created =
        bed.send(
            tus(RestBed.KEY, "small")
                .header("Upload-Length", "50")
                .header("Content-Type", "application/offset+octet-stream")
                .POST(BodyPublishers.ofByteArray(RestBed.mp4(50))));
    String upload = created.headers().firstValue("Location").orElseThrow();
    JsonNode done = RestBed.json(bed.send(bed.authorized(upload)));
    JsonNode video = RestBed.json(bed.get(done.at("/video/self").asText()));
    assertEquals("1:small", making(bed.assetOf(video)));
  }

  @Test
  void whoUploadsMayChooseWhatIsForUploadsAndAdministratorsAny() throws Exception {
    Crowd crowd = new Crowd(bed);
    assertEquals(201, upload(crowd.owner, "small").statusCode());
    assertEquals(201, upload(crowd.boss, "archive").statusCode());
    for (HttpResponse<byte[]> refused :
        List.of(
            upload(crowd.owner, "archive"),
            upload(crowd.boss, "nothing-like-it"),
            bed.send(
                tus(crowd.owner.bearer(), "archive")
                    .header("Upload-Length", "50")
                    .POST(BodyPublishers.noBody())),
            bed.send(
                crowd
                    .owner
                    .signs(bed.request("/api/v1/uploads/presign"))
                    .POST(
                        BodyPublishers.ofString(
                            """
                          {"sizeBytes": 50, "contentType": "video/mp4", "profile": "archive"}
                          """))))) {
      assertEquals(400, refused.statusCode());
      assertEquals("bad_field", RestBed.code(refused));
    }
  }

  private AssetId uploaded(String query) throws Exception {
    return bed.assetOf(bed.uploaded(RestBed.mp4(50), query));
  }

  private String making(AssetId asset) {
    return bed.database.jdbi().withHandle(tx -> AssetStore.making(tx, asset)).orElseThrow();
  }

  private HttpResponse<byte[]> upload(Crowd.Caller caller, String profile) throws Exception {
    return bed.send(
        caller
            .signs(bed.request(VIDEOS + "?profile=" + profile))
            .header("Content-Type", "video/mp4")
            .POST(BodyPublishers.ofByteArray(RestBed.mp4(50))));
  }

  private HttpRequest.Builder tus(String bearer, String profile) {
    String metadata = Base64.getEncoder().encodeToString(profile.getBytes(UTF_8));
    return bed.request("/api/v1/uploads")
        .header("Authorization", "Bearer " + bearer)
        .header("Tus-Resumable", "1.0.0")
        .header("Upload-Metadata", "profile " + metadata);
  }
}
