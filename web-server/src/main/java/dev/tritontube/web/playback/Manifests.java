package dev.tritontube.web.playback;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import dev.tritontube.web.http.EntityTag;
import dev.tritontube.web.http.Gzip;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Answers with a manifest: text, compressed for who takes it, to be asked for again each time.
final class Manifests {
  private Manifests() {}

  static void send(Context ctx, String contentType, String text, String caching)
      throws IOException {
    byte[] plain = text.getBytes(UTF_8);
    String hash = Hashing.murmur3_128().hashBytes(plain).toString();
    Gzip.vary(ctx);
    if (!Gzip.takenBy(ctx)) {
      ContentAnswer.send(ctx, content(contentType, hash, plain, caching));
      return;
    }
    ctx.header("Content-Encoding", "gzip");
    ContentAnswer.send(ctx, content(contentType, hash + "-gzip", Gzip.compressed(plain), caching));
  }

  private static Content content(String contentType, String tag, byte[] bytes, String caching) {
    return new Content(
        contentType,
        bytes.length,
        new EntityTag(tag),
        caching,
        (offset, length, sink) -> sink.accept(ByteBuffer.wrap(bytes, (int) offset, (int) length)));
  }
}
