package dev.tritontube.client;

import static dev.tritontube.client.Requests.API;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// API keys: one's own, and for administrators everybody's. Thread-safe.
public final class Keys {
  private static final String KEYS = API + "/auth/keys";

  private final Requests requests;

  Keys(Requests requests) {
    this.requests = requests;
  }

  private record ListDocument(List<ApiKey> items) {}

  /// A new key.
  ///
  /// @param key itself, which is not told again
  public record Created(ApiKey apiKey, String key) {
    @Override
    public String toString() {
      return "Created[apiKey=" + apiKey + "]"; // A key does not belong into logs.
    }
  }

  /// @param scopes at least one, of those that the caller has himself
  /// @param expiresAt null: never
  /// @throws TritonTubeException.Refused 400, 409 `too_many_keys`
  public Created create(String name, Set<Scope> scopes, @Nullable Instant expiresAt) {
    return create(name, scopes, expiresAt, null);
  }

  /// @param user whose key it is, for administrators; null: the caller's
  public Created create(
      String name, Set<Scope> scopes, @Nullable Instant expiresAt, @Nullable String user) {
    Map<String, Object> key = new LinkedHashMap<>();
    key.put("name", name);
    key.put("scopes", scopes.stream().sorted().map(Scope::word).toList());
    if (expiresAt != null) {
      key.put("expiresAt", expiresAt.toString());
    }
    if (user != null) {
      key.put("user", user);
    }
    return requests.ask(Call.post(KEYS, key).once(), Created.class);
  }

  /// The caller's own.
  public List<ApiKey> list() {
    return list(Map.of());
  }

  /// @param user the id of somebody, for administrators
  public List<ApiKey> list(String user) {
    return list(Map.of("user", user));
  }

  private List<ApiKey> list(Map<String, String> parameters) {
    return List.copyOf(
        requests.ask(Call.get(KEYS + Call.query(parameters)), ListDocument.class).items());
  }

  /// The key opens nothing any more.
  ///
  /// @throws TritonTubeException.Refused 404
  public void revoke(String id) {
    requests.send(Call.delete(KEYS + "/" + Call.segment(id)));
  }
}
