package dev.tritontube.client;

import static dev.tritontube.client.Requests.API;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Everybody's accounts, for administrators. Thread-safe.
public final class Users {
  private static final String USERS = API + "/users";
  private static final String PAGE = "100";

  private final Requests requests;

  Users(Requests requests) {
    this.requests = requests;
  }

  private record ListDocument(List<User> items, @Nullable String nextCursor) {}

  /// With this its holder chooses a password ([Account#resetPassword]), once.
  public record Reset(String token, Instant expiresAt) {}

  /// All users, the newest first, asked for as they are needed.
  public Stream<User> list() {
    return Page.stream(this::page);
  }

  private Page<User> page(@Nullable String cursor) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("limit", PAGE);
    if (cursor != null) {
      parameters.put("cursor", cursor);
    }
    ListDocument page = requests.ask(Call.get(USERS + Call.query(parameters)), ListDocument.class);
    return new Page<>(page.items(), page.nextCursor());
  }

  /// @throws TritonTubeException.Refused 404
  public User one(String id) {
    return requests.ask(Call.get(path(id)), User.class);
  }

  /// @param password null: he chooses one, with [#allowPasswordReset]
  /// @throws TritonTubeException.Refused 400, 409 `username_taken`
  public User create(String username, @Nullable String password, Role role) {
    Map<String, String> user = new LinkedHashMap<>();
    user.put("username", username);
    user.put("role", role.word());
    if (password != null) {
      user.put("password", password);
    }
    return requests.ask(Call.post(USERS, user).once(), User.class);
  }

  public User changeRole(String id, Role role) {
    return change(id, Map.of("role", role.word()));
  }

  /// He is out at once; his videos stay.
  public User disable(String id) {
    return change(id, Map.of("disabled", true));
  }

  public User enable(String id) {
    return change(id, Map.of("disabled", false));
  }

  private User change(String id, Map<String, ?> fields) {
    return requests.ask(Call.of("PATCH", path(id)).json(fields), User.class);
  }

  /// Lets somebody choose a password. There is no mail: bring it to him.
  public Reset allowPasswordReset(String id) {
    return requests.ask(Call.of("POST", path(id) + "/password-reset").repeatable(), Reset.class);
  }

  /// Deletes a user, with his videos.
  public void delete(String id) {
    requests.send(Call.delete(path(id)));
  }

  private static String path(String id) {
    return USERS + "/" + Call.segment(id);
  }
}
