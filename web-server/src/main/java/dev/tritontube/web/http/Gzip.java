package dev.tritontube.web.http;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/// Compresses documents for who takes it. Only what a route gave as its result: media and streams
/// are written by themselves and stay as they are.
///
/// Answers that may not be stored stay so too: all that tell a secret (tokens, keys, signed
/// addresses) are among them, and the length of what is compressed would tell of a secret beside
/// something that an attacker chose (BREACH).
public final class Gzip {
  private static final String SUFFIX = "-gzip\"";

  /// Less fits into one packet anyway.
  private static final int LEAST_BYTES = 1024;

  /// More takes long to compress for each request anew.
  private static final int MOST_BYTES = 512 * 1024;

  private static final Set<String> TEXTS =
      Set.of(
          "application/json",
          "application/javascript",
          "application/manifest+json",
          "image/svg+xml",
          "text/css",
          "text/html",
          "text/javascript",
          "text/plain",
          "text/vtt");

  private Gzip() {}

  /// Whether the client takes it (RFC 9110, section 12.5.3).
  public static boolean takenBy(Context ctx) {
    String encodings = ctx.header("Accept-Encoding");
    return encodings != null
        && Arrays.stream(encodings.toLowerCase(Locale.ROOT).split(","))
            .map(encoding -> encoding.replace(" ", ""))
            .anyMatch(encoding -> encoding.matches("gzip(;q=(1(\\.0*)?|0?\\.0*[1-9]\\d*))?"));
  }

  public static byte[] compressed(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 4 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /// Says that the answer depends on what the client takes.
  public static void vary(Context ctx) {
    ctx.res().addHeader("Vary", "Accept-Encoding");
  }

  /// The strong validator of what was compressed, as that of the same document before: other bytes,
  /// the same words.
  public static String plainTag(String tag) {
    return tag.endsWith(SUFFIX) ? tag.substring(0, tag.length() - SUFFIX.length()) + '"' : tag;
  }

  /// Compresses the result of a route, if that is worth it.
  static void pack(Context ctx) throws IOException {
    InputStream result = ctx.resultInputStream();
    if (result == null || !mayBePacked(ctx)) {
      return;
    }
    vary(ctx);
    if (!takenBy(ctx)) {
      return;
    }
    byte[] plain = result.readAllBytes();
    if (plain.length < LEAST_BYTES || plain.length > MOST_BYTES) {
      ctx.result(plain);
      return;
    }
    byte[] packed = compressed(plain);
    String tag = ctx.res().getHeader("ETag");
    if (tag != null && tag.endsWith("\"") && !tag.startsWith("W/")) {
      ctx.header("ETag", tag.substring(0, tag.length() - 1) + SUFFIX);
    }
    ctx.header("Content-Encoding", "gzip").header("Content-Length", "" + packed.length);
    ctx.result(packed);
  }

  private static boolean mayBePacked(Context ctx) {
    String type = String.valueOf(ctx.res().getContentType()).split(";", 2)[0].strip();
    String caching = ctx.res().getHeader("Cache-Control");
    return TEXTS.contains(type.toLowerCase(Locale.ROOT))
        && ctx.res().getHeader("Content-Encoding") == null
        && (caching == null || !caching.contains("no-store"));
  }
}
