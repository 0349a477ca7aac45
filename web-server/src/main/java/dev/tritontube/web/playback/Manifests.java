package dev.tritontube.web.playback;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import dev.tritontube.web.http.EntityTag;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/// Answers with a manifest: text, compressed for who takes it, to be asked for again each time.
final class Manifests {
  private Manifests() {}

  static void send(Context ctx, String contentType, String text, String caching)
      throws IOException {
    byte[] plain = text.getBytes(UTF_8);
    String hash = Hashing.murmur3_128().hashBytes(plain).toString();
    ctx.header("Vary", "Accept-Encoding");
    if (!takesGzip(ctx)) {
      ContentAnswer.send(ctx, content(contentType, hash, plain, caching));
      return;
    }
    ctx.header("Content-Encoding", "gzip");
    ContentAnswer.send(ctx, content(contentType, hash + "-gzip", compressed(plain), caching));
  }

  private static Content content(String contentType, String tag, byte[] bytes, String caching) {
    return new Content(
        contentType,
        bytes.length,
        new EntityTag(tag),
        caching,
        (offset, length, sink) -> sink.accept(ByteBuffer.wrap(bytes, (int) offset, (int) length)));
  }

  private static boolean takesGzip(Context ctx) {
    String encodings = ctx.header("Accept-Encoding");
    return encodings != null
        && Arrays.stream(encodings.toLowerCase(Locale.ROOT).split(","))
            .map(encoding -> encoding.replace(" ", ""))
            .anyMatch(encoding -> encoding.matches("gzip(;q=(1(\\.0*)?|0?\\.0*[1-9]\\d*))?"));
  }

  private static byte[] compressed(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 4 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
