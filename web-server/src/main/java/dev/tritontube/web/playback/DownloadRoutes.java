package dev.tritontube.web.playback;

import dev.tritontube.web.accounts.Pass;
import dev.tritontube.web.blobs.BlobStream;
import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.http.EntityTag;
import dev.tritontube.web.http.Json;
import dev.tritontube.web.http.Printable;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.http.QueryParameters;
import dev.tritontube.web.http.Routes;
import dev.tritontube.web.originals.ByteSink;
import dev.tritontube.web.packaging.PackagedAssets;
import dev.tritontube.web.packaging.Published;
import dev.tritontube.web.packaging.RenditionAnswer;
import dev.tritontube.web.packaging.RenditionFile;
import dev.tritontube.web.tracks.Tracks;
import dev.tritontube.web.videos.VideoAccess;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `GET /api/v1/videos/{id}/download`: a rendition as one MP4 file, to be saved; and addresses that
/// open by themselves for a while, of a rendition or of the uploaded bytes.
public final class DownloadRoutes implements Routes {
  private static final String VIDEO = "/api/v1/videos/{id}";
  private static final String REPRESENTATION = "representation";
  private static final String LANGUAGE = "language";

  private final VideoAccess access;
  private final PackagedAssets packaged;
  private final Tracks tracks;

  public DownloadRoutes(VideoAccess access, PackagedAssets packaged, Tracks tracks) {
    this.access = access;
    this.packaged = packaged;
    this.tracks = tracks;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routing) {
    Routes.read(routing, VIDEO + "/download", this::download);
    Routes.read(routing, VIDEO + "/download/t/{" + VideoAccess.TOKEN + "}", this::download);
    Routes.read(routing, VIDEO + "/download-url", this::link);
  }

  private record LinkDocument(String url, String expiresAt) {}

  private void link(Context ctx) {
    QueryParameters query = QueryParameters.of(ctx, REPRESENTATION, LANGUAGE);
    Pass pass = access.download(ctx);
    String wanted =
        Stream.of(REPRESENTATION, LANGUAGE)
            .flatMap(name -> query.text(name).map(value -> name + "=" + escaped(value)).stream())
            .collect(Collectors.joining("&"));
    String what = query.text(REPRESENTATION).isPresent() ? "/download/t/" : "/original/t/";
    String url = "/api/v1/videos/" + ctx.pathParam("id") + what + pass.text();
    ctx.header("Cache-Control", "no-store");
    Json.answer(
        ctx,
        200,
        new LinkDocument(
            query.text(REPRESENTATION).isPresent() ? url + "?" + wanted : url,
            pass.expires().toString()));
  }

  private static String escaped(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private void download(Context ctx) throws IOException {
    QueryParameters query = QueryParameters.of(ctx, REPRESENTATION, LANGUAGE);
    Video video = access.downloadable(ctx);
    String representation =
        query
            .text(REPRESENTATION)
            .orElseThrow(() -> QueryParameters.bad(REPRESENTATION, "has to be there"));
    RenditionFile file = file(video, representation, query.text(LANGUAGE));
    String name = name(video.fileName(), representation, query.text(LANGUAGE), file.mediaType());
    ctx.header("Content-Disposition", OriginalRoutes.attachment(name));
    ContentAnswer.send(
        ctx,
        new Content(
            file.mediaType(),
            file.sizeBytes(),
            new EntityTag(file.tag()),
            VideoAccess.forOneAlone(ctx, video) ? Content.ASK_AGAIN_FOR_ONE : Content.ASK_AGAIN,
            (offset, length, sink) -> read(file, offset, length, sink)));
  }

  private RenditionFile file(Video video, String representation, Optional<String> language)
      throws IOException {
    Published playing = packaged.published(video.asset()).orElseThrow(DownloadRoutes::notWhole);
    Published called =
        new Published(playing.revision(), tracks.called(video.id(), playing.presentation()));
    return switch (packaged.file(video.asset(), called, representation, language)) {
      case RenditionAnswer.Whole(RenditionFile file) -> file;
      case RenditionAnswer.NotWhole() -> throw notWhole();
      case RenditionAnswer.Unknown() ->
          throw new ProblemException(
              new Problem.NotFound(
                  "It does not play as '"
                      + Printable.of(representation)
                      + "', or not in the language"));
    };
  }

  private static ProblemException notWhole() {
    return new ProblemException(
        new Problem.Conflict("not_whole", "All of it can be had when all of it is made"));
  }

  /// The name of the uploaded file, and what of it this is.
  private static String name(
      String fileName, String representation, Optional<String> language, String mediaType) {
    String base = fileName.replaceFirst("(?<=.)[.][^.]{1,5}$", "");
    String extension = mediaType.startsWith("audio/") ? ".m4a" : ".mp4";
    return Stream.concat(List.of(base, representation).stream(), language.stream())
            .collect(Collectors.joining("-"))
        + extension;
  }

  private static void read(RenditionFile file, long offset, long length, ByteSink sink)
      throws IOException {
    long position = offset;
    long end = offset + length;
    if (position < file.headBytes() && position < end) {
      int from = (int) position;
      int to = (int) Math.min(end, file.headBytes());
      sink.accept(file.head().slice(from, to - from));
      position = to;
    }
    while (position < end) {
      long part = Math.min(end - position, file.lengthAt(position));
      try (BlobStream stream = file.open(position, part)) {
        for (ByteBuffer data = stream.next(); data != null; data = stream.next()) {
          sink.accept(data);
        }
      }
      position += part;
    }
  }
}
