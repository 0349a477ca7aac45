package dev.tritontube.client;

import static dev.tritontube.client.Requests.API;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One's own account. Thread-safe.
public final class Account {
  private static final String AUTH = API + "/auth";

  private final Requests requests;

  Account(Requests requests) {
    this.requests = requests;
  }

  /// Who the caller is.
  ///
  /// @param user null: the installation itself
  /// @param key null: somebody who signed in
  /// @param scopes what he may do
  public record Me(@Nullable User user, @Nullable ApiKey key, List<Scope> scopes) {
    @SuppressWarnings("RedundantNullCheck") // A document may lack a list.
    public Me {
      scopes = List.copyOf(Objects.requireNonNullElse(scopes, List.of()));
    }
  }

  /// Makes an account, and does not sign in.
  ///
  /// @throws TritonTubeException.Refused 403 `registration_closed`, 409 `username_taken`
  public User register(String username, String password) {
    return requests.ask(
        Call.post(AUTH + "/register", Map.of("username", username, "password", password))
            .once()
            .anonymous(),
        User.class);
  }

  /// Signs in: from now on this client speaks for this user. His tokens are renewed when they are
  /// due, until he signs out or the server ends the session, after which requests are refused with
  /// 401.
  ///
  /// @throws TritonTubeException.Refused 401 `bad_credentials`, 403 `account_disabled`, 429
  public User login(String username, String password) {
    Map<String, String> claim = new LinkedHashMap<>();
    claim.put("username", username);
    claim.put("password", password);
    claim.put("refreshIn", "body");
    Requests.Tokens tokens =
        requests.ask(Call.post(AUTH + "/login", claim).anonymous(), Requests.Tokens.class);
    requests.session().become(requests.person(tokens));
    return tokens.user();
  }

  /// Ends the session. Then this client is nobody, also when that could not be told to the server.
  /// Nothing to who comes with a key.
  public void logout() {
    if (requests.session().identity() instanceof Session.Person person) {
      requests.session().become(new Session.Nobody());
      requests.send(
          Call.post(AUTH + "/logout", Map.of("refreshToken", person.refreshToken()))
              .repeatable()
              .anonymous());
    }
  }

  /// @throws TritonTubeException.Refused 401
  public Me me() {
    return requests.ask(Call.get(AUTH + "/me"), Me.class);
  }

  /// The other sessions are over.
  ///
  /// @throws TritonTubeException.Refused 401 `bad_credentials`
  public void changePassword(String current, String chosen) {
    requests.send(
        Call.post(AUTH + "/password", Map.of("currentPassword", current, "newPassword", chosen)));
  }

  /// Chooses a password with a token that an administrator gave ([Users#allowPasswordReset]).
  ///
  /// @throws TritonTubeException.Refused 400 `bad_reset_token`
  public void resetPassword(String token, String chosen) {
    requests.send(
        Call.post(AUTH + "/reset-password", Map.of("token", token, "password", chosen))
            .anonymous());
  }

  /// Deletes the account, with its videos. Then this client is nobody.
  ///
  /// @throws TritonTubeException.Refused 401 `bad_credentials`
  public void delete(String password) {
    requests.send(Call.delete(AUTH + "/me").json(Map.of("password", password)));
    requests.session().become(new Session.Nobody());
  }
}
