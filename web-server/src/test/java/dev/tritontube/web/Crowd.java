package dev.tritontube.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tritontube.web.accounts.AccessTokens;
import dev.tritontube.web.accounts.Scope;
import dev.tritontube.web.accounts.SecretStore;
import dev.tritontube.web.accounts.UserId;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// One of each kind of those who send requests: users, keys, and what is no good.
final class Crowd {
  static final String PASSWORD = "correct horse";

  private static final Set<Scope> NONE = Set.of();
  private static final Set<Scope> READER = EnumSet.of(Scope.READ);
  private static final Set<Scope> VIEWER = EnumSet.of(Scope.READ, Scope.WRITE);
  private static final Set<Scope> UPLOADER = EnumSet.of(Scope.READ, Scope.WRITE, Scope.UPLOAD);

  private final RestBed bed;
  final Caller nobody = new Caller("nobody", "", NONE, false, false);
  final Caller owner;
  final Caller viewer;
  final Caller boss;
  final List<Caller> all;
  final String ownersId;

  /// @param bearer empty: none
  /// @param scopes what he may; none: he is as good as nobody
  /// @param person who signed in
  /// @param owns whether what the owner has is his
  record Caller(String name, String bearer, Set<Scope> scopes, boolean person, boolean owns) {
    boolean known() {
      return !scopes.isEmpty();
    }

    boolean may(Scope scope) {
      return scopes.contains(scope);
    }

    boolean isAdministrator() {
      return may(Scope.ADMIN);
    }

    boolean seesPrivate() {
      return isAdministrator() || (owns && may(Scope.READ));
    }

    HttpRequest.Builder signs(HttpRequest.Builder request) {
      return bearer.isEmpty() ? request : request.header("Authorization", "Bearer " + bearer);
    }
  }

  Crowd(RestBed bed) throws Exception {
    this.bed = bed;
    ownersId = user("owner", "uploader");
    user("viewer", "viewer");
    user("other", "uploader");
    user("boss", "admin");
    String owners = login("owner");
    String others = login("other");
    owner = new Caller("the owner", owners, UPLOADER, true, true);
    viewer = new Caller("a viewer", login("viewer"), VIEWER, true, false);
    boss = new Caller("an administrator", login("boss"), Scope.ALL, true, false);
    all =
        List.of(
            nobody,
            viewer,
            new Caller("another uploader", others, UPLOADER, true, false),
            owner,
            boss,
            new Caller("the key of the file", RestBed.KEY, Scope.ALL, false, false),
            new Caller("a key of the owner to read", key(owners, READER), READER, false, true),
            new Caller("a key of another", key(others, UPLOADER), UPLOADER, false, false),
            new Caller("an expired token", expired(owners), NONE, false, false),
            new Caller("a token by alg none", unsigned(owners), NONE, false, false),
            new Caller("a token by another's signature", mixed(owners, others), NONE, false, false),
            new Caller("a key that is none", "tt_" + "A".repeat(43), NONE, false, false));
  }

  String user(String name, String role) throws Exception {
    String body =
        "{\"username\":\"%s\",\"password\":\"%s\",\"role\":\"%s\"}".formatted(name, PASSWORD, role);
    return post("/api/v1/users", RestBed.KEY, body).get("id").asText();
  }

  String login(String name) throws Exception {
    return signIn(name).get("accessToken").asText();
  }

  JsonNode signIn(String name) throws Exception {
    String body =
        "{\"username\":\"%s\",\"password\":\"%s\",\"refreshIn\":\"body\"}"
            .formatted(name, PASSWORD);
    return post("/api/v1/auth/login", "", body);
  }

  private String key(String bearer, Set<Scope> scopes) throws Exception {
    List<String> words = scopes.stream().map(scope -> '"' + scope.word() + '"').toList();
    return post("/api/v1/auth/keys", bearer, "{\"name\":\"k\",\"scopes\":" + words + "}")
        .get("key")
        .asText();
  }

  private JsonNode post(String path, String bearer, String body) throws Exception {
    var request = bed.request(path).POST(BodyPublishers.ofString(body));
    var answer =
        bed.send(bearer.isEmpty() ? request : request.header("Authorization", "Bearer " + bearer));
    return RestBed.json(answer);
  }

  /// The same token, issued an hour ago.
  private String expired(String token) throws Exception {
    JsonNode claims =
        new ObjectMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
    InstantSource then = InstantSource.fixed(Instant.now().minus(Duration.ofHours(1)));
    return new AccessTokens(new SecretStore(bed.database, new Random(1)), then)
        .issue(new UserId(claims.get("sub").asText()), claims.get("sid").asText());
  }

  private static String unsigned(String token) {
    String header =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"alg\":\"none\",\"typ\":\"JWT\"}".getBytes(UTF_8));
    return header + "." + token.split("\\.")[1] + ".";
  }

  private static String mixed(String token, String other) {
    return token.substring(0, token.lastIndexOf('.')) + other.substring(other.lastIndexOf('.'));
  }
}
