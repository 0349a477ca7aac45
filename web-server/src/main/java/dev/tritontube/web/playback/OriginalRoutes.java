package dev.tritontube.web.playback;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tritontube.web.catalog.Asset;
import dev.tritontube.web.catalog.AssetStore;
import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.http.EntityTag;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.http.Routes;
import dev.tritontube.web.originals.RingOriginals;
import dev.tritontube.web.videos.VideoAccess;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.util.HexFormat;

/// `GET /api/v1/videos/{id}/original`: the uploaded bytes, to be saved and never shown by the
/// browser; also by addresses that open by themselves for a while.
public final class OriginalRoutes implements Routes {
  private static final String ORIGINAL = "/api/v1/videos/{id}/original";

  private final VideoAccess access;
  private final AssetStore assets;
  private final RingOriginals originals;

  public OriginalRoutes(VideoAccess access, AssetStore assets, RingOriginals originals) {
    this.access = access;
    this.assets = assets;
    this.originals = originals;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routing) {
    Routes.readPlain(routing, ORIGINAL, this::original);
    Routes.readPlain(routing, ORIGINAL + "/t/{" + VideoAccess.TOKEN + "}", this::original);
  }

  private void original(Context ctx) throws IOException {
    Video video = access.downloadable(ctx);
    Asset asset =
        assets
            .find(video.asset())
            .orElseThrow(
                () -> new ProblemException(new Problem.NotFound("The video is being deleted")));
    ctx.header("Content-Disposition", attachment(video.fileName()));
    ContentAnswer.send(
        ctx,
        new Content(
            "application/octet-stream",
            asset.sizeBytes(),
            new EntityTag(asset.sha256().hex()),
            VideoAccess.forOneAlone(ctx, video) ? Content.ASK_AGAIN_FOR_ONE : Content.ASK_AGAIN,
            (offset, length, sink) -> originals.read(asset, offset, length, sink)));
  }

  /// RFC 6266: a plain name for old clients, and the real one in UTF-8 (RFC 8187).
  public static String attachment(String fileName) {
    String plain = fileName.replaceAll("[^\\x20-\\x7E]", "_").replaceAll("[\"\\\\%;]", "_");
    StringBuilder encoded = new StringBuilder();
    for (byte b : fileName.getBytes(UTF_8)) {
      if (isAttributeCharacter(b)) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
  }

  private static boolean isAttributeCharacter(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || "!#$&+-.^_`|~".indexOf(b) >= 0;
  }
}
