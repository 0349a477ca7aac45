package dev.tritontube.web.ui;

import dev.tritontube.web.http.HttpServer;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.http.Routes;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The pages of the web app and its assets. Which page a path shows is decided in the browser;
/// which paths there are is said here, so that others stay 404.
public final class AppRoutes implements Routes {
  /// But for `/watch/{id}`, which [WatchRoutes] has. The same as in `ui/src/app/routes.tsx`.
  private static final List<String> PAGES =
      List.of(
          "/",
          "/login",
          "/register",
          "/reset-password",
          "/account",
          "/account/keys",
          "/upload",
          "/videos",
          "/cluster",
          "/jobs",
          "/users",
          "/backups");

  private static final String EMBEDDED = "/embed/{id}";
  private static final String ASSETS = "/assets/{file}";

  private final WebApp app;

  public AppRoutes(WebApp app) {
    this.app = app;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routing) {
    PAGES.forEach(page -> Routes.read(routing, page, ctx -> page(ctx, Framing.NOBODY)));
    Routes.read(routing, EMBEDDED, ctx -> page(ctx, Framing.ANYBODY));
    Routes.read(routing, ASSETS, this::asset);
    routing.exception(NotFoundResponse.class, this::notFound);
  }

  private void page(Context ctx, Framing framing) {
    if (framing == Framing.ANYBODY) {
      ctx.header("Cross-Origin-Resource-Policy", "cross-origin");
    }
    if (!answer(ctx, app.page(framing), 200)) {
      ctx.header("Cache-Control", "no-cache").contentType("text/plain; charset=utf-8");
      ctx.result(
          "TritonTube runs, but this build has no web app (-DskipUi). Its API is below /api/v1; a"
              + " video plays at /watch/ID.\n");
    }
  }

  private void notFound(NotFoundResponse failure, Context ctx) {
    if (!answerNotFound(ctx, app)) {
      HttpServer.refuse(failure, ctx);
    }
  }

  /// Tells a person, in the app, that there is nothing here. Programs are told a problem: then this
  /// is false.
  static boolean answerNotFound(Context ctx, WebApp app) {
    boolean person =
        !ctx.path().startsWith("/api/")
            && List.of("GET", "HEAD").contains(ctx.method().name())
            && Optional.ofNullable(ctx.header("Accept")).orElse("").contains("text/html");
    return person && answer(ctx, app.page(Framing.NOBODY), 404);
  }

  /// @param page empty when there is no app: then this is false
  static boolean answer(Context ctx, Optional<WebApp.Page> page, int status) {
    page.ifPresent(
        found ->
            ctx.status(status)
                .header("Content-Security-Policy", found.policy())
                .header("Cache-Control", "no-cache")
                .contentType("text/html; charset=utf-8")
                .result(found.html()));
    return page.isPresent();
  }

  private void asset(Context ctx) {
    Asset asset =
        app.asset(ctx.pathParam("file"), encodings(ctx))
            .orElseThrow(
                () -> new ProblemException(new Problem.NotFound("There is no such file here")));
    ctx.header("Cache-Control", "public, max-age=31536000, immutable");
    if (!asset.encoding().equals("identity")) {
      ctx.header("Content-Encoding", asset.encoding()).header("Vary", "Accept-Encoding");
    }
    ctx.contentType(asset.contentType()).result(asset.bytes());
  }

  /// RFC 9110, 12.5.3, as far as browsers make use of it: names, and `q=0` for what is not wanted.
  private static List<String> encodings(Context ctx) {
    String accepted = Optional.ofNullable(ctx.header("Accept-Encoding")).orElse("");
    Set<String> names =
        Arrays.stream(accepted.split(","))
            .map(String::strip)
            .filter(entry -> !entry.matches(".*;\\s*q=0(\\.0*)?$"))
            .map(entry -> entry.split(";")[0].strip())
            .collect(Collectors.toSet());
    return List.of("br", "gzip").stream().filter(names::contains).toList();
  }
}
