package dev.tritontube.web.tracks;

import dev.tritontube.manifests.text.Cue;
import dev.tritontube.manifests.text.LanguageTag;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.TrackKind;
import dev.tritontube.web.catalog.TrackStore;
import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.catalog.VideoTrack;
import dev.tritontube.web.http.Json;
import dev.tritontube.web.http.QueryParameters;
import dev.tritontube.web.http.Routes;
import dev.tritontube.web.videos.VideoAccess;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `GET /api/v1/videos/{id}/chapters`: of several tracks of chapters, the one in the language that
/// is asked for, else the preferred one, else the first.
public final class ChapterRoutes implements Routes {
  private final VideoAccess access;
  private final TrackStore tracks;
  private final Texts texts;

  public ChapterRoutes(Database database, VideoAccess access, Texts texts) {
    this.access = access;
    this.tracks = new TrackStore(database);
    this.texts = texts;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routing) {
    Routes.read(routing, "/api/v1/videos/{id}/chapters", this::chapters);
  }

  private record Chapter(double startSeconds, double endSeconds, String title) {
    static Chapter of(Cue cue) {
      return new Chapter(cue.startMillis() / 1000.0, cue.endMillis() / 1000.0, cue.words());
    }
  }

  /// @param track null where there are none
  private record Chapters(List<Chapter> items, @Nullable String track, @Nullable String language) {}

  private void chapters(Context ctx) {
    Video video = access.readable(ctx);
    String wanted = QueryParameters.of(ctx, "language").text("language").orElse("");
    if (wanted.length() > LanguageTag.MAX_LENGTH) {
      throw QueryParameters.bad(
          "language", "has at most " + LanguageTag.MAX_LENGTH + " characters");
    }
    ctx.header("Cache-Control", VideoAccess.askAgain(ctx, video));
    Json.answer(
        ctx,
        200,
        track(video, wanted)
            .map(
                track ->
                    new Chapters(
                        texts.list(track.text()).stream().map(Chapter::of).toList(),
                        track.id().value(),
                        track.words().language()))
            .orElse(new Chapters(List.of(), null, null)));
  }

  private Optional<VideoTrack> track(Video video, String wanted) {
    return tracks.of(video.id()).stream()
        .filter(track -> track.words().kind() == TrackKind.CHAPTERS)
        .min(
            Comparator.comparing((VideoTrack track) -> !speaks(track, wanted))
                .thenComparing(track -> !track.words().preferred()));
  }

  private static boolean speaks(VideoTrack track, String wanted) {
    String language = Locale.forLanguageTag(wanted).getLanguage();
    return !language.isEmpty()
        && Locale.forLanguageTag(track.words().language()).getLanguage().equals(language);
  }
}
