package dev.tritontube.web.ui;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The built web app on the class path: one page, and assets whose names change with their content.
/// Thread-safe.
public final class WebApp {
  private static final Pattern ASSET = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

  /// What the build leaves in the page where a nonce belongs.
  private static final String NONCE = "CSP_NONCE";

  private static final int NONCE_BYTES = 18;

  private static final Map<String, String> TYPES =
      Map.of(
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "woff2", "font/woff2",
          "webmanifest", "application/manifest+json");

  /// What the page says of itself, in whose place something else is said of a video.
  private static final Pattern HEAD = Pattern.compile("(?s)<meta name=\"description\".*?</title>");

  private final String root;
  private final @Nullable Template page;
  private final RandomGenerator random;

  private WebApp(String root, @Nullable Template page, RandomGenerator random) {
    this.root = root;
    this.page = page;
    this.random = random;
  }

  /// The app that was built into the program, if one was.
  public static WebApp built(RandomGenerator random) {
    return at("/ui", random);
  }

  /// @param root where on the class path
  static WebApp at(String root, RandomGenerator random) {
    Template page =
        resource(root + "/index.html")
            .map(bytes -> Template.of(new String(bytes, StandardCharsets.UTF_8)))
            .orElse(null);
    return new WebApp(root, page, random);
  }

  /// The page in parts.
  ///
  /// @param head what it says of itself unless there is more to say
  private record Template(String before, String head, String after) {
    static Template of(String html) {
      Matcher head = HEAD.matcher(html);
      if (!head.find()) {
        throw new IllegalStateException("the page has no description and title");
      }
      return new Template(
          html.substring(0, head.start()), head.group(), html.substring(head.end()));
    }

    /// The head may hold words of people, so the nonce is not looked for there.
    String with(String otherHead, String nonce) {
      return before.replace(NONCE, nonce) + otherHead + after.replace(NONCE, nonce);
    }
  }

  /// A page to be answered once.
  ///
  /// @param policy its Content Security Policy
  record Page(String html, String policy) {}

  /// Empty when the program was built without the app.
  Optional<Page> page(Framing framing) {
    return page == null ? Optional.empty() : page(framing, page.head());
  }

  /// @param head HTML that says what is on the page, instead of what it says usually
  Optional<Page> page(Framing framing, String head) {
    if (page == null) {
      return Optional.empty();
    }
    byte[] bytes = new byte[NONCE_BYTES];
    random.nextBytes(bytes);
    String nonce = Base64.getUrlEncoder().encodeToString(bytes);
    return Optional.of(new Page(page.with(head, nonce), policy(nonce, framing)));
  }

  /// Styles have a nonce too: a dialog keeps the page behind it from scrolling by a style of its
  /// own. Media come from `blob:` as players put them together; `data:` is the empty track that
  /// Shaka begins captions with.
  private static String policy(String nonce, Framing framing) {
    return String.join(
        "; ",
        "default-src 'none'",
        "script-src 'self' 'nonce-" + nonce + "'",
        "style-src 'self' 'nonce-" + nonce + "'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob: data:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors " + framing.ancestors());
  }

  /// @param encodings those that the client takes, the best first
  Optional<Asset> asset(String name, List<String> encodings) {
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (type == null || !ASSET.matcher(name).matches()) {
      return Optional.empty();
    }
    String path = root + "/assets/" + name;
    for (String encoding : encodings) {
      Optional<byte[]> bytes = resource(path + (encoding.equals("br") ? ".br" : ".gz"));
      if (bytes.isPresent()) {
        return Optional.of(new Asset(type, encoding, bytes.get()));
      }
    }
    return resource(path).map(bytes -> new Asset(type, "identity", bytes));
  }

  private static Optional<byte[]> resource(String path) {
    try (InputStream bytes = WebApp.class.getResourceAsStream(path)) {
      return bytes == null ? Optional.empty() : Optional.of(bytes.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path + " of the program", e);
    }
  }
}
