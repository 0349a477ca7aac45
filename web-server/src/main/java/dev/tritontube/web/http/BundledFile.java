package dev.tritontube.web.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Answers with a file that comes with the program: part of a page.
public final class BundledFile {
  private static final String CACHING = "public, max-age=3600";

  /// As large as what is bundled: what was asked for once, compressed.
  private static final ConcurrentMap<String, byte[]> COMPRESSED = new ConcurrentHashMap<>();

  private BundledFile() {}

  /// A page, which may be another one after the program was renewed.
  ///
  /// @param policy its `Content-Security-Policy`
  public static void page(Context ctx, String resource, String policy) throws IOException {
    byte[] page = read(resource);
    ctx.header("Content-Security-Policy", policy).header("Cache-Control", "no-cache");
    ctx.contentType("text/html; charset=utf-8").result(page);
  }

  /// What a page consists of.
  ///
  /// @param resource empty: there is none
  /// @throws ProblemException 404
  public static void answer(Context ctx, String resource) throws IOException {
    byte[] file = read(resource);
    String type = type(resource);
    ctx.header("Cache-Control", CACHING).contentType(type);
    if (!type.startsWith("text/")) {
      ctx.result(file);
      return;
    }
    Gzip.vary(ctx);
    if (Gzip.takenBy(ctx)) {
      ctx.header("Content-Encoding", "gzip");
      ctx.result(COMPRESSED.computeIfAbsent(resource, _ -> Gzip.compressed(file)));
    } else {
      ctx.result(file);
    }
  }

  private static String type(String resource) {
    return switch (resource.substring(resource.lastIndexOf('.') + 1)) {
      case "css" -> "text/css";
      case "png" -> "image/png";
      default -> "text/javascript; charset=utf-8";
    };
  }

  private static byte[] read(String resource) throws IOException {
    try (InputStream bytes =
        resource.isEmpty() ? null : BundledFile.class.getResourceAsStream(resource)) {
      if (bytes == null) {
        throw new ProblemException(new Problem.NotFound("There is no such file here"));
      }
      return bytes.readAllBytes();
    }
  }
}
