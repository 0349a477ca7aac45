package dev.tritontube.conformance;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tritontube.conformance.MediaPlaylistChecks.Listed;
import dev.tritontube.dash.DashManifest;
import dev.tritontube.dash.DashReader;
import dev.tritontube.hls.Playlist;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.xml.sax.SAXException;

/// Checks a video: both manifests, then every file that they name.
public final class Conformance {
  private static final String SCHEMA = "/dev/tritontube/manifests/dash/mpd.xsd";
  private static final Set<String> PLAYLIST_TYPES =
      Set.of("application/vnd.apple.mpegurl", "audio/mpegurl");
  private static final Set<String> MPD_TYPES = Set.of("application/dash+xml");

  private static final Pattern PAGE = Pattern.compile("/(?:watch|embed)/([a-z2-7]+)/?");

  /// The states of a video of which nothing is being encoded.
  private static final Set<String> ENDED = Set.of("COMPLETED", "FAILED");

  /// The manifests change while a video is being encoded; they are read again until they fit.
  private static final int READINGS = 5;

  private final Library library;
  private final Findings findings = new Findings();

  Conformance(Library library) {
    this.library = library;
  }

  /// @param mpd of the DASH manifest
  /// @param master of the multivariant playlist
  /// @param whole whether everything is encoded: until then bit rates are guesses
  record Target(URI mpd, URI master, boolean whole) {}

  /// @param address `http://HOST/api/v1/videos/ID`, or of the page where one watches it
  /// @throws IOException when the server cannot be asked, or has no such video
  public static Report check(URI address) throws IOException {
    Library library = new HttpLibrary();
    URI video = video(address);
    Answer document = library.get(video);
    if (!document.ok()) {
      throw new IOException(video + " answers " + document.status());
    }
    String status = status(video, document);
    URI folder = URI.create(video + "/");
    return new Conformance(library)
        .check(
            new Target(
                folder.resolve("manifest.mpd"),
                folder.resolve("master.m3u8"),
                ENDED.contains(status)));
  }

  static URI video(URI address) {
    Matcher page = PAGE.matcher(address.getPath());
    return page.matches() ? address.resolve("/api/v1/videos/" + page.group(1)) : address;
  }

  private static String status(URI video, Answer document) throws IOException {
    try {
      return new ObjectMapper().readTree(document.body()).path("status").asText("COMPLETED");
    } catch (IOException e) {
      throw new IOException(video + " is no video: what it answers is not JSON", e);
    }
  }

  /// Of any server, when everything is encoded.
  public static Report check(URI mpd, URI master) throws IOException {
    return new Conformance(new HttpLibrary()).check(new Target(mpd, master, true));
  }

  /// Manifests of one moment.
  private record Manifests(byte[] mpd, Playlist master, Map<URI, Playlist> below) {}

  Report check(Target target) throws IOException {
    Media media = new Media(library, findings);
    Manifests manifests = manifests(target);
    schema(manifests.mpd);
    Optional<DashManifest> dash = read(target.mpd, manifests.mpd);
    TextChecks words = new TextChecks(findings, library);
    if (dash.isPresent()) {
      new DashChecks(findings, dash.get()).check(media);
      for (DashManifest.Text text : dash.get().texts()) {
        words.check(text);
      }
      new ImageChecks(findings, media).dash(dash.get());
    }
    List<Listed> listed =
        new HlsChecks(findings, manifests.below, media, words, target.whole)
            .check(manifests.master);
    if (dash.isPresent()) {
      Set<URI> files = files(listed);
      files.addAll(
          new ImageChecks(findings, media)
              .hls(manifests.master, manifests.below, dash.get().length()));
      findings.expectEqual(
          new TreeSet<>(dash.get().addresses()), files, Rule.SAME_FILES, "master.m3u8");
    }
    return findings.report();
  }

  private Manifests manifests(Target target) throws IOException {
    byte[] mpd = manifest(target.mpd, MPD_TYPES, Rule.MPD_SCHEMA);
    for (int i = 1; ; i++) {
      Playlist master = playlist(target.master);
      Manifests read = new Manifests(mpd, master, below(master));
      byte[] now = library.get(target.mpd).body();
      if (i == READINGS || Arrays.equals(mpd, now)) {
        return read;
      }
      mpd = now;
    }
  }

  private Map<URI, Playlist> below(Playlist master) throws IOException {
    Map<URI, Playlist> below = new HashMap<>();
    for (URI address : new TreeSet<>(master.references())) {
      below.put(address, playlist(address));
    }
    return below;
  }

  private Playlist playlist(URI address) throws IOException {
    byte[] text = manifest(address, PLAYLIST_TYPES, Rule.HLS_TYPES);
    return Playlist.read(address, new String(text, StandardCharsets.UTF_8));
  }

  private byte[] manifest(URI address, Set<String> types, Rule typed) throws IOException {
    Answer answer = library.get(address);
    String where = Where.of(address);
    findings.expect(!answer.redirect(), Rule.HLS_DIRECT, where, "no redirect", answer.status());
    findings.expectEqual(200, answer.status(), Rule.FILES_SERVED, where);
    findings.expect(types.contains(answer.type()), typed, where, "one of " + types, answer.type());
    if (typed == Rule.HLS_TYPES) {
      findings.expect(answer.compressed(), Rule.HLS_GZIP, where, "gzip", "none");
    }
    return answer.ok() ? answer.body() : new byte[0];
  }

  private void schema(byte[] mpd) throws IOException {
    try {
      URL schema = Objects.requireNonNull(Conformance.class.getResource(SCHEMA));
      SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
          .newSchema(schema)
          .newValidator()
          .validate(new StreamSource(new ByteArrayInputStream(mpd)));
      findings.expect(true, Rule.MPD_SCHEMA, "manifest.mpd", "valid", "valid");
    } catch (SAXException e) {
      findings.fail(Rule.MPD_SCHEMA, "manifest.mpd", "what the schema allows", e);
    }
  }

  private Optional<DashManifest> read(URI address, byte[] mpd) {
    try {
      return Optional.of(DashReader.read(address, mpd));
    } catch (IOException e) {
      findings.fail(Rule.MPD_SCHEMA, "manifest.mpd", "an MPD", e);
      return Optional.empty();
    }
  }

  private static Set<URI> files(List<Listed> playlists) {
    Set<URI> files = new TreeSet<>();
    for (Listed playlist : playlists) {
      playlist.init().ifPresent(files::add);
      files.addAll(playlist.segments());
    }
    return files;
  }
}
