package dev.tritontube.web.contract;

import java.util.List;

/// What people who mean no good write.
public final class Nasty {
  private Nasty() {}

  /// Characters of SQL and of FTS5, which are characters like all others.
  public static final List<String> QUERIES =
      List.of(
          "'; DROP TABLE videos; --",
          "' OR '1'='1",
          "\" OR \"\"=\"",
          "a AND NOT b",
          "title : x",
          "NEAR(a b, 2)",
          "{title description} : a",
          "^a",
          "a*",
          "*",
          "-a",
          "a + b",
          "(((((",
          "\"",
          "%",
          "_",
          "\\",
          "$1",
          ":id",
          "?",
          "a\u0301");

  /// Text that is none, or not only that.
  public static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "\u0000",
          "a\u0000b",
          "a\r\nSet-Cookie: x=y",
          "\r\n\r\n",
          "\u001b[31m",
          "\u202e",
          "\u2028",
          "\ufeff",
          "\uffff",
          "\u200b",
          "💥",
          "../../../etc/passwd",
          "..%2f..%2f",
          "${jndi:ldap://127.0.0.1/x}",
          "<script>alert(1)</script>",
          "null",
          "true",
          "-1",
          "0",
          "9223372036854775808",
          "1e400",
          "NaN",
          "2026-13-45T99:99:99Z",
          "+999999999-12-31T23:59:59Z",
          "a".repeat(201),
          "a".repeat(5000));

  /// JSON that is none, or not an object, or too much of it.
  public static final List<String> DOCUMENTS =
      List.of(
          "{",
          "[]",
          "null",
          "1",
          "\"text\"",
          "{}{}",
          "{\"a\":1,\"a\":2}",
          "{\"title\":NaN}",
          "{\"title\":\"\\ud800\"}",
          "{\"\":{}}",
          "{'a':1}",
          "{\"a\":1,}",
          "// {}",
          "{\"a\":" + "[".repeat(30_000) + "}",
          "{\"a\":" + "{\"a\":".repeat(10_000) + "}",
          "{\"a\":" + "9".repeat(10_000) + "}",
          "{\"" + "a".repeat(60_000) + "\":1}");

  public static final List<String> CONTENT_TYPES =
      List.of(
          "text/plain",
          "application/xml",
          "application/x-www-form-urlencoded",
          "multipart/form-data",
          "multipart/form-data; boundary=",
          "application/jsonx",
          "application",
          "/",
          "video/",
          "*/*");
}
