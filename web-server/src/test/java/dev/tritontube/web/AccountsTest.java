package dev.tritontube.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tritontube.web.catalog.Quota;
import dev.tritontube.web.catalog.QuotaStore;
import dev.tritontube.web.catalog.UploadStore;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountsTest {
  private static final String PASSWORD = "correct horse";

  @TempDir Path folder;
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
  void signsInWhoRegistered() throws Exception {
    HttpResponse<byte[]> registered =
        post("/auth/register", credentials("Ann@Example.org", PASSWORD));
    assertEquals(201, registered.statusCode());
    JsonNode user = RestBed.json(registered);
    assertEquals("ann@example.org", user.get("username").asText());
    assertEquals("uploader", user.get("role").asText());

    HttpResponse<byte[]> signedIn = post("/auth/login", credentials("ANN@example.org", PASSWORD));
    assertEquals(200, signedIn.statusCode());
    assertEquals("no-store", signedIn.headers().firstValue("Cache-Control").orElseThrow());
    JsonNode tokens = RestBed.json(signedIn);
    assertEquals(900, tokens.get("expiresIn").asInt());
    assertTrue(tokens.get("refreshToken").isNull());
    JsonNode me = RestBed.json(get("/auth/me", tokens.get("accessToken").asText()));
    assertEquals(user.get("id"), me.at("/user/id"));
    assertEquals("[\"read\",\"write\",\"upload\"]", me.get("scopes").toString());
  }

  @Test
  void keepsTheRefreshTokenOfBrowsersFromScriptsAndOtherSites() throws Exception {
    member("ann");
    String cookie =
        post("/auth/login", credentials("ann", PASSWORD))
            .headers()
            .firstValue("Set-Cookie")
            .orElseThrow();
    assertTrue(
        cookie.matches(
            "tritontube_refresh=[^;]{60,}; Path=/api/v1/auth; Max-Age=2592000; HttpOnly;"
                + " SameSite=Strict"),
        cookie);
    String overTls =
        bed.send(
                bed.request("/api/v1/auth/login")
                    .header("X-Forwarded-Proto", "https")
                    .POST(BodyPublishers.ofString(credentials("ann", PASSWORD))))
            .headers()
            .firstValue("Set-Cookie")
            .orElseThrow();
    assertTrue(overTls.endsWith("; SameSite=Strict; Secure"), overTls);

    String pair = cookie.substring(0, cookie.indexOf(';'));
    HttpResponse<byte[]> renewed = withCookie("/api/v1/auth/refresh", pair);
    assertEquals(200, renewed.statusCode());
    assertTrue(RestBed.json(renewed).get("refreshToken").isNull());
    String next = renewed.headers().firstValue("Set-Cookie").orElseThrow();
    assertNotEquals(pair, next.substring(0, next.indexOf(';')));
    HttpResponse<byte[]> out =
        withCookie("/api/v1/auth/logout", next.substring(0, next.indexOf(';')));
    assertEquals(204, out.statusCode());
    assertTrue(out.headers().firstValue("Set-Cookie").orElseThrow().contains("=; Path="));
    assertEquals(
        401, withCookie("/api/v1/auth/refresh", next.substring(0, next.indexOf(';'))).statusCode());
  }

  @Test
  void aRefreshTokenThatIsUsedTwiceEndsItsSession() throws Exception {
    member("ann");
    JsonNode first = login("ann", PASSWORD);
    JsonNode other = login("ann", PASSWORD);
    JsonNode second = RestBed.json(refresh(first));
    assertEquals(200, get("/auth/me", second.get("accessToken").asText()).statusCode());

    HttpResponse<byte[]> again = refresh(first);

    assertEquals(401, again.statusCode());
    assertEquals("bad_refresh_token", RestBed.code(again));
    assertEquals(401, refresh(second).statusCode());
    assertEquals(401, get("/auth/me", second.get("accessToken").asText()).statusCode());
    assertEquals(200, get("/auth/me", other.get("accessToken").asText()).statusCode());
  }

  @Test
  void aRefreshTokenThatIsMadeUpEndsNothing() throws Exception {
    member("ann");
    JsonNode tokens = login("ann", PASSWORD);
    String token = tokens.get("refreshToken").asText();
    String[] parts = token.split("\\.");
    for (String made :
        List.of("", "x", parts[0] + ".7." + parts[2], token + "x", token.toUpperCase())) {
      assertEquals(
          401, post("/auth/refresh", "{\"refreshToken\":\"" + made + "\"}").statusCode(), made);
    }
    assertEquals(200, refresh(tokens).statusCode());
  }

  @Test
  void signingOutEndsTheAccessTokenToo() throws Exception {
    member("ann");
    JsonNode tokens = login("ann", PASSWORD);
    String access = tokens.get("accessToken").asText();
    assertEquals(
        204, bed.send(as("/auth/logout", access).POST(BodyPublishers.noBody())).statusCode());
    assertEquals(401, get("/auth/me", access).statusCode());
    assertEquals(401, refresh(tokens).statusCode());
    assertEquals(401, post("/auth/logout", "{}").statusCode());
  }

  @Test
  void whoIsUnknownIsAnsweredLikeWhosePasswordIsWrong() throws Exception {
    member("ann");
    HttpResponse<byte[]> wrong = post("/auth/login", credentials("ann", "wrong horse"));
    for (String name : List.of("bob", "x", "\\u0000")) {
      HttpResponse<byte[]> unknown = post("/auth/login", credentials(name, "wrong horse"));
      assertEquals(401, unknown.statusCode());
      assertEquals("bad_credentials", RestBed.code(unknown));
      assertEquals(RestBed.json(wrong).get("detail"), RestBed.json(unknown).get("detail"));
    }
  }

  @Test
  void whoFailsTooOftenHasToWaitWhetherThereIsAnAccountOrNot() throws Exception {
    member("ann");
    for (String name : List.of("ann", "nobody-at-all")) {
      HttpResponse<byte[]> last = post("/auth/login", credentials(name, "wrong horse"));
      for (int i = 0; i < 6 && last.statusCode() == 401; i++) {
        last = post("/auth/login", credentials(name, "wrong horse"));
      }
      assertEquals(429, last.statusCode());
      assertEquals("too_many_attempts", RestBed.code(last));
      assertTrue(last.headers().firstValue("Retry-After").isPresent());
      assertEquals(429, post("/auth/login", credentials(name, PASSWORD)).statusCode());
    }
  }

  @Test
  void anotherPasswordEndsTheOtherSessions() throws Exception {
    member("ann");
    JsonNode mine = login("ann", PASSWORD);
    JsonNode other = login("ann", PASSWORD);
    String access = mine.get("accessToken").asText();
    assertEquals(401, changePassword(access, "wrong horse", "another horse").statusCode());
    assertEquals(400, changePassword(access, PASSWORD, "short").statusCode());

    assertEquals(204, changePassword(access, PASSWORD, "another horse").statusCode());

    assertEquals(200, get("/auth/me", access).statusCode());
    assertEquals(401, get("/auth/me", other.get("accessToken").asText()).statusCode());
    assertEquals(401, refresh(other).statusCode());
    assertEquals(401, post("/auth/login", credentials("ann", PASSWORD)).statusCode());
    login("ann", "another horse");
  }

  @Test
  void anAdministratorLetsChooseAPasswordOnce() throws Exception {
    String id = member("ann");
    JsonNode before = login("ann", PASSWORD);
    String path = "/api/v1/users/" + id + "/password-reset";
    assertEquals(401, bed.send(bed.request(path).POST(BodyPublishers.noBody())).statusCode());
    String first = resetToken(path);
    String token = resetToken(path);

    assertEquals("bad_reset_token", RestBed.code(reset(first, "another horse")));
    assertEquals("bad_field", RestBed.code(reset(token, "short")));
    assertEquals(204, reset(token, "another horse").statusCode());
    assertEquals("bad_reset_token", RestBed.code(reset(token, "third horse!")));
    assertEquals(401, get("/auth/me", before.get("accessToken").asText()).statusCode());
    login("ann", "another horse");
  }

  @Test
  void whoIsDisabledIsOutAtOnce() throws Exception {
    String id = member("ann");
    JsonNode tokens = login("ann", PASSWORD);
    String key = key(tokens.get("accessToken").asText(), "[\"read\"]");
    assertEquals(200, get("/auth/me", key).statusCode());

    assertEquals(200, patchUser(id, "{\"disabled\":true}").statusCode());

    assertEquals(401, get("/auth/me", tokens.get("accessToken").asText()).statusCode());
    assertEquals(401, get("/auth/me", key).statusCode());
    assertEquals(401, refresh(tokens).statusCode());
    assertEquals(
        "account_disabled", RestBed.code(post("/auth/login", credentials("ann", PASSWORD))));
    assertEquals(
        "bad_credentials", RestBed.code(post("/auth/login", credentials("ann", "wrong horse"))));
    assertEquals(
        "active", RestBed.json(patchUser(id, "{\"disabled\":false}")).get("state").asText());
    login("ann", PASSWORD);
  }

  @Test
  void anAccountGoesWithAllThatBelongsToIt() throws Exception {
    member("ann");
    String access = login("ann", PASSWORD).get("accessToken").asText();
    String key = key(access, "[\"upload\"]");
    String self = upload(key, 1).at("/links/self").asText();
    String others = bed.uploaded(RestBed.mp4(1000, 1), "").at("/links/self").asText();
    assertEquals(401, delete(access, "wrong horse").statusCode());
    assertEquals(200, bed.get(self).statusCode());

    assertEquals(204, delete(access, PASSWORD).statusCode());

    assertEquals(404, bed.get(self).statusCode());
    assertEquals(200, bed.get(others).statusCode());
    assertEquals(401, get("/auth/me", access).statusCode());
    assertEquals(401, get("/auth/me", key).statusCode());
    assertEquals(401, post("/auth/login", credentials("ann", PASSWORD)).statusCode());
    bed.settle();
    assertEquals(1, bed.blobs.keys().size());
    assertEquals(
        0, new UploadStore(bed.database, new QuotaStore(bed.database, Quota.NONE)).count());
    member("ann");
  }

  @Test
  void theSameBytesOfTwoUsersAreKeptTwice() throws Exception {
    member("ann");
    member("bob");
    JsonNode ann = upload(login("ann", PASSWORD).get("accessToken").asText(), 5);
    JsonNode bob = upload(login("bob", PASSWORD).get("accessToken").asText(), 5);
    assertNotEquals(bed.assetOf(ann), bed.assetOf(bob));
  }

  @Test
  void keysAreShownOnceAndListedWithoutThemselves() throws Exception {
    member("ann");
    String access = login("ann", PASSWORD).get("accessToken").asText();
    HttpResponse<byte[]> made =
        bed.send(
            as("/auth/keys", access)
                .POST(
                    BodyPublishers.ofString(
                        "{\"name\":\"laptop\",\"scopes\":[\"read\",\"upload\"],\"expiresAt\":\"2999-01-01T00:00:00Z\"}")));
    assertEquals(201, made.statusCode());
    String key = RestBed.json(made).get("key").asText();
    String id = RestBed.json(made).at("/apiKey/id").asText();
    assertEquals(
        "[\"read\",\"upload\"]", RestBed.json(get("/auth/me", key)).get("scopes").toString());
    HttpResponse<byte[]> listed = get("/auth/keys", access);
    assertFalse(new String(listed.body()).contains(key));
    JsonNode item = RestBed.json(listed).at("/items/0");
    assertEquals("laptop", item.get("name").asText());
    assertFalse(item.get("lastUsedAt").isNull());
    assertEquals(403, get("/auth/keys", key).statusCode());

    assertEquals(204, bed.send(as("/auth/keys/" + id, access).DELETE()).statusCode());

    assertEquals(401, get("/auth/me", key).statusCode());
    assertEquals(404, bed.send(as("/auth/keys/" + id, access).DELETE()).statusCode());
  }

  @Test
  void theKeyOfTheFileIsOneOfThem() throws Exception {
    JsonNode keys = RestBed.json(get("/auth/keys", RestBed.KEY));
    assertEquals("admin.key", keys.at("/items/0/id").asText());
    assertTrue(keys.at("/items/0/user").isNull());
    assertEquals(
        "key_of_file", RestBed.code(bed.send(as("/auth/keys/admin.key", RestBed.KEY).DELETE())));
    member("ann");
    String access = login("ann", PASSWORD).get("accessToken").asText();
    assertEquals(404, bed.send(as("/auth/keys/admin.key", access).DELETE()).statusCode());
  }

  @Test
  void anotherServersFileShutsNobodyOutOfThisOne() throws Exception {
    RestBed.accounts(bed.database, "the-key-of-another-server");
    assertEquals(200, get("/users", RestBed.KEY).statusCode());
    assertEquals(200, get("/users", "the-key-of-another-server").statusCode());
    assertEquals(401, get("/users", "the-key-of-nobody").statusCode());
    assertEquals(1, RestBed.json(get("/auth/keys", RestBed.KEY)).get("items").size());
  }

  @Test
  void administratorsListUsersPageByPage() throws Exception {
    for (String name : List.of("ann", "bob", "cat")) {
      member(name);
    }
    JsonNode page = RestBed.json(get("/users?limit=2", RestBed.KEY));
    assertEquals(2, page.get("items").size());
    JsonNode rest =
        RestBed.json(get("/users?limit=2&cursor=" + page.get("nextCursor").asText(), RestBed.KEY));
    assertEquals(1, rest.get("items").size());
    assertTrue(rest.get("nextCursor").isNull());
    assertFalse(page.toString().contains("argon2"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/auth/register|{\"username\":\"ab\",\"password\":\"correct horse\"}|bad_field",
        "/auth/register|{\"username\":\"a b c\",\"password\":\"correct horse\"}|bad_field",
        "/auth/register|{\"username\":\"ann\",\"password\":\"short\"}|bad_field",
        "/auth/register|{\"username\":\"ann\"}|bad_field",
        "/auth/register|{\"username\":\"ann\",\"password\":17}|bad_field",
        "/auth/register|{\"username\":\"ann\",\"password\":\"correct"
            + " horse\",\"role\":\"admin\"}|unknown_field",
        "/auth/register|[]|bad_json",
        "/auth/register?x=1|{}|unknown_parameter",
        "/auth/login|{\"username\":\"ann\",\"password\":\"correct"
            + " horse\",\"refreshIn\":\"x\"}|bad_field",
        "/auth/refresh|{\"token\":\"x\"}|unknown_field",
        "/auth/reset-password|{\"token\":\"x\",\"password\":\"correct horse\"}|bad_reset_token"
      })
  void refusesWhatIsWrittenWrongly(String path, String body, String code) throws Exception {
    HttpResponse<byte[]> answer = post(path, body);
    assertEquals(400, answer.statusCode());
    assertEquals(code, RestBed.code(answer));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"scopes\":[\"read\"]}",
        "{\"name\":\"x\",\"scopes\":[]}",
        "{\"name\":\"x\",\"scopes\":[\"fly\"]}",
        "{\"name\":\"x\",\"scopes\":[\"admin\"]}",
        "{\"name\":\"x\",\"scopes\":[\"read\"],\"expiresAt\":\"2001-01-01T00:00:00Z\"}",
        "{\"name\":\"x\",\"scopes\":[\"read\"],\"expiresAt\":\"soon\"}",
        "{\"name\":\"\\u0000\",\"scopes\":[\"read\"]}",
        "{\"name\":\"x\",\"scopes\":[\"read\"],\"user\":\"aaaaaaaaaaaaaaaaaaaa\"}"
      })
  void refusesWrongKeys(String body) throws Exception {
    member("ann");
    String access = login("ann", PASSWORD).get("accessToken").asText();
    HttpResponse<byte[]> answer =
        bed.send(as("/auth/keys", access).POST(BodyPublishers.ofString(body)));
    assertEquals(400, answer.statusCode());
    assertEquals("bad_field", RestBed.code(answer));
  }

  @Test
  void aNameIsTakenOnce() throws Exception {
    member("ann");
    HttpResponse<byte[]> again = post("/auth/register", credentials("ANN", PASSWORD));
    assertEquals(409, again.statusCode());
    assertEquals("username_taken", RestBed.code(again));
  }

  @Test
  void whatAdministratorsDoIsWrittenDown() throws Exception {
    String id = member("ann");
    String access = login("ann", PASSWORD).get("accessToken").asText();
    upload(access, 3);
    get("/users", RestBed.KEY);
    patchUser(id, "{\"role\":\"emperor\"}");
    bed.send(
        as("/users/" + id, RestBed.KEY)
            .header("X-Request-Id", "my-request")
            .method("PATCH", BodyPublishers.ofString("{\"role\":\"admin\"}")));
    bed.send(as("/users/" + id + "/password-reset", access).POST(BodyPublishers.noBody()));

    JsonNode page = RestBed.json(get("/admin/audit?limit=1", RestBed.KEY));
    assertEquals("ann", page.at("/items/0/actorName").asText());
    assertEquals("POST /api/v1/users/{id}/password-reset", page.at("/items/0/action").asText());
    JsonNode older =
        RestBed.json(get("/admin/audit?cursor=" + page.get("nextCursor").asText(), RestBed.KEY));
    assertEquals(1, older.get("items").size());
    JsonNode change = older.at("/items/0");
    assertEquals("admin.key", change.get("actor").asText());
    assertEquals("my-request", change.get("requestId").asText());
    assertEquals("/api/v1/users/" + id + " role=ADMIN state=ACTIVE", change.get("target").asText());
  }

  private String member(String name) throws Exception {
    return RestBed.json(post("/auth/register", credentials(name, PASSWORD))).get("id").asText();
  }

  private JsonNode login(String name, String password) throws Exception {
    String body =
        "{\"username\":\"%s\",\"password\":\"%s\",\"refreshIn\":\"body\"}"
            .formatted(name, password);
    HttpResponse<byte[]> answer = post("/auth/login", body);
    assertEquals(200, answer.statusCode());
    assertTrue(answer.headers().firstValue("Set-Cookie").isEmpty());
    return RestBed.json(answer);
  }

  private String key(String access, String scopes) throws Exception {
    return RestBed.json(
            bed.send(
                as("/auth/keys", access)
                    .POST(BodyPublishers.ofString("{\"name\":\"k\",\"scopes\":" + scopes + "}"))))
        .get("key")
        .asText();
  }

  private JsonNode upload(String bearer, long seed) throws Exception {
    HttpResponse<byte[]> answer =
        bed.send(
            as("/videos", bearer)
                .header("Content-Type", "video/mp4")
                .POST(BodyPublishers.ofByteArray(RestBed.mp4(1000, seed))));
    assertEquals(201, answer.statusCode());
    return RestBed.json(answer);
  }

  private HttpResponse<byte[]> refresh(JsonNode tokens) throws Exception {
    return post("/auth/refresh", "{\"refreshToken\":" + tokens.get("refreshToken") + "}");
  }

  private HttpResponse<byte[]> changePassword(String access, String current, String next)
      throws Exception {
    String body = "{\"currentPassword\":\"%s\",\"newPassword\":\"%s\"}".formatted(current, next);
    return bed.send(as("/auth/password", access).POST(BodyPublishers.ofString(body)));
  }

  private String resetToken(String path) throws Exception {
    return RestBed.json(bed.send(bed.authorized(path).POST(BodyPublishers.noBody())))
        .get("token")
        .asText();
  }

  private HttpResponse<byte[]> reset(String token, String password) throws Exception {
    return post(
        "/auth/reset-password",
        "{\"token\":\"%s\",\"password\":\"%s\"}".formatted(token, password));
  }

  private HttpResponse<byte[]> patchUser(String id, String body) throws Exception {
    return bed.send(as("/users/" + id, RestBed.KEY).method("PATCH", BodyPublishers.ofString(body)));
  }

  private HttpResponse<byte[]> delete(String access, String password) throws Exception {
    return bed.send(
        as("/auth/me", access)
            .method("DELETE", BodyPublishers.ofString("{\"password\":\"" + password + "\"}")));
  }

  private HttpResponse<byte[]> withCookie(String path, String cookie) throws Exception {
    return bed.send(bed.request(path).header("Cookie", cookie).POST(BodyPublishers.noBody()));
  }

  private HttpResponse<byte[]> post(String path, String body) throws Exception {
    return bed.send(bed.request("/api/v1" + path).POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<byte[]> get(String path, String bearer) throws Exception {
    return bed.send(as(path, bearer));
  }

  private java.net.http.HttpRequest.Builder as(String path, String bearer) {
    return bed.request("/api/v1" + path).header("Authorization", "Bearer " + bearer);
  }

  private static String credentials(String name, String password) {
    return "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(name, password);
  }
}
