package dev.tritontube.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tritontube.web.packaging.AssetMedia;
import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The web app as it is served. Needs one that is built: skipped with `-DskipUi`.
class AppRoutesTest {
  private static final Pattern SCRIPT = Pattern.compile("src=\"(/assets/[^\"]+\\.js)\"");
  private static final Pattern NONCE = Pattern.compile("'nonce-([^']+)'");
  private static final String BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8";

  private static final AssetMedia PLAYS =
      new AssetMedia(
          AssetMedia.Status.COMPLETED,
          true,
          new AssetMedia.Progress("done", 100, null),
          null,
          new AssetMedia.Facts(9.6, 640, 360, 25.0, "mp4", "h264", "aac"),
          List.of(),
          true,
          false,
          Instant.EPOCH);

  @TempDir private static Path folder;
  private static RestBed bed;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(AppRoutesTest.class.getResource("/ui/index.html") != null, "built with -DskipUi");
    bed = new RestBed(folder);
  }

  @AfterAll
  static void stop() {
    if (bed != null) {
      bed.close();
    }
  }

  @Test
  void pagesAllowTheirOwnScriptsAloneAndNobodyToFrameThem() throws Exception {
    HttpResponse<String> page = open("/");
    assertEquals(200, page.statusCode());
    assertEquals("no-cache", header(page, "Cache-Control"));
    String policy = header(page, "Content-Security-Policy");
    assertTrue(policy.startsWith("default-src 'none'; script-src 'self' 'nonce-"), policy);
    assertFalse(policy.contains("unsafe"), policy);
    assertTrue(policy.endsWith("frame-ancestors 'none'"), policy);
    String nonce = first(NONCE, policy);
    assertTrue(page.body().contains("nonce=\"" + nonce + "\""), page.body());
    assertNotEquals(nonce, first(NONCE, header(open("/"), "Content-Security-Policy")));
  }

  @Test
  void onlyWhatIsToBeEmbeddedMayBeFramed() throws Exception {
    HttpResponse<String> page = open("/embed/aaaaaaaaaaaaaaaaaaaa");
    assertTrue(header(page, "Content-Security-Policy").endsWith("frame-ancestors *"));
  }

  @Test
  void assetsAreKeptForEverAndComeCompressed() throws Exception {
    String script = first(SCRIPT, open("/").body());
    HttpResponse<byte[]> plain = bed.get(script);
    assertEquals("public, max-age=31536000, immutable", header(plain, "Cache-Control"));
    assertEquals("text/javascript; charset=utf-8", header(plain, "Content-Type"));
    assertEquals("Accept-Encoding", header(plain, "Vary"));
    assertTrue(plain.headers().firstValue("Content-Encoding").isEmpty());

    HttpResponse<byte[]> gzip = encoded(script, "deflate, gzip;q=0.8, br;q=0");
    assertEquals("gzip", header(gzip, "Content-Encoding"));
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip.body()))) {
      assertEquals(
          new String(plain.body(), StandardCharsets.UTF_8),
          new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
    HttpResponse<byte[]> brotli = encoded(script, "gzip, deflate, br, zstd");
    assertEquals("br", header(brotli, "Content-Encoding"));
    assertTrue(brotli.body().length < gzip.body().length);
  }

  @Test
  void nothingButAssetsIsReachedByTheirNames() throws Exception {
    for (String name :
        List.of("none.js", "..%2Findex.html", "index.html", ".js", "%2e%2e%2fx.js")) {
      int status = bed.get("/assets/" + name).statusCode();
      assertTrue(status == 404 || status == 400, name + ": " + status);
    }
  }

  @Test
  void unknownPathsAre404InTheAppForPeopleAndAProblemForPrograms() throws Exception {
    for (String path : List.of("/nothing", "/watch/aaaaaaaaaaaaaaaaaaaa", "/videos/a/b")) {
      HttpResponse<String> page = open(path);
      assertEquals(404, page.statusCode(), path);
      assertEquals("text/html;charset=utf-8", header(page, "Content-Type").replace(" ", ""));
      HttpResponse<byte[]> problem = bed.get(path);
      assertEquals(404, problem.statusCode(), path);
      assertEquals("application/problem+json", header(problem, "Content-Type"));
    }
    assertEquals("application/problem+json", header(open("/api/v1/nothing"), "Content-Type"));
  }

  @Test
  void theServerKnowsThePagesThatTheAppHas() throws Exception {
    String routes = Files.readString(Path.of("ui/src/app/routes.tsx"));
    Set<String> refused = new TreeSet<>();
    Matcher paths = Pattern.compile("path: \"(/[^\"]*)\"").matcher(routes);
    while (paths.find()) {
      String path = paths.group(1).replaceAll("\\$\\w+", "aaaaaaaaaaaaaaaaaaaa");
      if (!path.startsWith("/watch/") && open(path).statusCode() != 200) {
        refused.add(path);
      }
    }
    assertEquals(Set.of(), refused);
  }

  @Test
  void pagesOfVideosSayWhatTheyAreToWhoRunsNoScripts() throws Exception {
    JsonNode video =
        bed.uploaded(
            RestBed.mp4(2000, 1),
            query("</title><script>x()</script> & CSP_NONCE", "A \"quiet\"\n lake", "public"));
    String id = video.get("id").asText();
    bed.packaging.media.put(bed.assetOf(video), PLAYS);
    String site = bed.uri("").toString();
    String page = open("/watch/" + id).body();
    assertTrue(
        page.contains(
            "<title>&lt;/title&gt;&lt;script&gt;x()&lt;/script&gt; &amp; CSP_NONCE - TritonTube</title>"),
        page);
    assertEquals("A &quot;quiet&quot; lake", meta(page, "og:description"));
    assertEquals(site + "/watch/" + id, meta(page, "og:url"));
    assertEquals(site + "/api/v1/videos/" + id + "/poster.jpg", meta(page, "og:image"));
    assertEquals(site + "/embed/" + id, meta(page, "og:video"));
    assertEquals("640", meta(page, "og:video:width"));
    assertEquals(200, bed.get(meta(page, "og:video").substring(site.length())).statusCode());
    assertFalse(page.contains("noindex"), page);
    assertEquals(1, page.split("<title>", -1).length - 1, "one title");
  }

  @Test
  void pagesOfUnlistedVideosAskNotToBeFound() throws Exception {
    JsonNode video = bed.uploaded(RestBed.mp4(2000, 2), query("Unlisted", "", "unlisted"));
    String page = open("/watch/" + video.get("id").asText()).body();
    assertEquals("Unlisted", meta(page, "og:title"));
    assertEquals("noindex", meta(page, "robots"));
    assertFalse(page.contains("og:image"), "there is no poster yet");
    assertFalse(page.contains("description"), "nobody described it");
  }

  @Test
  void pagesOfPrivateVideosSayNothingOfThem() throws Exception {
    JsonNode video = bed.uploaded(RestBed.mp4(2000, 3), query("Secret words", "Hidden", "private"));
    String path = "/watch/" + video.get("id").asText();
    HttpResponse<String> page = open(path);
    assertEquals(404, page.statusCode());
    HttpResponse<String> owners =
        bed.client.send(
            bed.authorized(path).header("Accept", BROWSER).build(),
            HttpResponse.BodyHandlers.ofString());
    assertEquals(200, owners.statusCode());
    for (String body : List.of(page.body(), owners.body())) {
      assertFalse(body.contains("Secret") || body.contains("Hidden") || body.contains("og:"), body);
      assertTrue(body.contains("<title>TritonTube</title>"), body);
    }
  }

  private static String query(String title, String description, String visibility) {
    return "?title="
        + URLEncoder.encode(title, StandardCharsets.UTF_8)
        + "&description="
        + URLEncoder.encode(description, StandardCharsets.UTF_8)
        + "&visibility="
        + visibility;
  }

  private static String meta(String page, String name) {
    Pattern tag = Pattern.compile("<meta (?:name|property)=\"" + name + "\" content=\"([^\"]*)\"");
    return first(tag, page);
  }

  private static HttpResponse<String> open(String path) throws Exception {
    return bed.client.send(
        bed.request(path).header("Accept", BROWSER).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<byte[]> encoded(String path, String encodings) throws Exception {
    return bed.send(bed.request(path).header("Accept-Encoding", encodings));
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private static String first(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    assertTrue(found.find(), text);
    return found.group(1);
  }
}
