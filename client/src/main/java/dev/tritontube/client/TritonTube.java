package dev.tritontube.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// A TritonTube server, as one caller uses it: with an API key, as somebody who signed in, or as
/// nobody.
///
/// Calls block, which suits virtual threads, and can be interrupted. What a call cannot do it says
/// by a [TritonTubeException]. Connections that break, and servers that are busy, are tried again
/// ([Retries]) where doing something twice does no harm. Thread-safe.
public final class TritonTube implements AutoCloseable {
  private final HttpClient http;
  private final Requests requests;

  private TritonTube(HttpClient http, Requests requests) {
    this.http = http;
    this.requests = requests;
  }

  /// Begins to describe a client.
  ///
  /// @param server such as `https://tube.example.org` or `http://127.0.0.1:8080`
  /// @throws IllegalArgumentException when it is not an address of that form
  public static Builder at(String server) {
    return new Builder(URI.create(server));
  }

  /// What a client may be told beside the server.
  public static final class Builder {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final URI server;
    private final HttpClient.Builder http =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
    private @Nullable String apiKey;
    private Duration idle = Duration.ofMinutes(1);
    private Retries retries = Retries.STANDARD;
    private BiConsumer<TritonTubeException, Duration> onRetry = (failure, pause) -> {};
    private Requests.World world =
        new Requests.World(InstantSource.system(), RandomGenerator.getDefault(), Thread::sleep);

    private Builder(URI server) {
      String scheme = String.valueOf(server.getScheme());
      String path = Objects.requireNonNullElse(server.getPath(), "");
      if (!scheme.matches("https?")
          || server.getHost() == null
          || !path.matches("/?")
          || server.getRawUserInfo() != null
          || server.getQuery() != null) {
        throw new IllegalArgumentException(
            "a server is like https://tube.example.org or http://127.0.0.1:8080, not " + server);
      }
      this.server = server.resolve("/");
    }

    /// An API key, which goes with each request. Without one the client is nobody until somebody
    /// signs in ([Account#login]).
    ///
    /// @throws IllegalArgumentException when it cannot be one
    public Builder apiKey(String key) {
      if (!key.matches("[!-~]+")) {
        throw new IllegalArgumentException("an API key is one line of ASCII");
      }
      this.apiKey = key;
      return this;
    }

    /// How long a request may be silent, that is send and get nothing, until it counts as broken; a
    /// minute unless told.
    public Builder idle(Duration idle) {
      this.idle = idle;
      return this;
    }

    /// How often what failed is tried again.
    public Builder retries(Retries retries) {
      this.retries = retries;
      return this;
    }

    /// Is told before each pause why something is tried again, and how long the pause is.
    public Builder onRetry(BiConsumer<TritonTubeException, Duration> listener) {
      this.onRetry = listener;
      return this;
    }

    /// Whom to trust with `https`, if not those whom the JVM trusts.
    public Builder tls(SSLContext context) {
      http.sslContext(context);
      return this;
    }

    /// For tests: where time, chance and pauses come from.
    Builder in(Requests.World world) {
      this.world = world;
      return this;
    }

    /// Makes the client. Nothing is asked yet.
    public TritonTube open() {
      HttpClient client = http.build();
      String key = apiKey;
      Session session =
          new Session(key == null ? new Session.Nobody() : new Session.Holder(key), world.clock());
      Requests requests =
          new Requests(
              server,
              new Transport(client, idle),
              session,
              new Requests.Policy(retries, onRetry),
              world);
      return new TritonTube(client, requests);
    }
  }

  /// One's own account: signing in and out.
  public Account account() {
    return new Account(requests);
  }

  /// Finding, watching, changing and downloading videos.
  public Videos videos() {
    return new Videos(requests);
  }

  /// What can be heard and read with videos.
  public Tracks tracks() {
    return new Tracks(requests);
  }

  /// Pictures out of videos.
  public Frames frames() {
    return new Frames(requests);
  }

  /// Making videos of files.
  public Uploads uploads() {
    return new Uploads(requests);
  }

  /// Everybody's accounts, for administrators.
  public Users users() {
    return new Users(requests);
  }

  /// API keys.
  public Keys keys() {
    return new Keys(requests);
  }

  /// The whole address of a path that the server gave, such as `video.links().hls()`.
  public URI address(String path) {
    return requests.address(path);
  }

  /// Ends what is under way.
  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
