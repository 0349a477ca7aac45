package dev.tritontube.web.backups;

import dev.tritontube.web.accounts.Callers;
import dev.tritontube.web.accounts.Scope;
import dev.tritontube.web.http.Json;
import dev.tritontube.web.http.Printable;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.http.QueryParameters;
import dev.tritontube.web.http.Remark;
import dev.tritontube.web.http.Routes;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `/api/v1/cluster/backups`: copies of the catalog. For administrators.
public final class BackupRoutes implements Routes {
  private static final String BACKUPS = "/api/v1/cluster/backups";

  private final Backups backups;
  private final Callers callers;

  public BackupRoutes(Backups backups, Callers callers) {
    this.backups = backups;
    this.callers = callers;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routing) {
    Routes.readPlain(routing, BACKUPS, this::list);
    Routes.readPlain(routing, BACKUPS + "/{id}", this::show);
    routing.post(BACKUPS, this::create);
  }

  private record BackupDocument(
      String id, String state, long bytes, long rows, long epoch, String createdAt) {
    static BackupDocument of(Backup backup) {
      return new BackupDocument(
          backup.id().value(),
          backup.state().name(),
          backup.bytes(),
          backup.rows(),
          backup.epoch(),
          backup.createdAt().toString());
    }
  }

  private record ListDocument(List<BackupDocument> items, @Nullable String nextCursor) {}

  private void list(Context ctx) {
    callers.require(ctx, Scope.ADMIN);
    answer(
        ctx, 200, new ListDocument(backups.list().stream().map(BackupDocument::of).toList(), null));
  }

  private void show(Context ctx) {
    callers.require(ctx, Scope.ADMIN);
    String id = ctx.pathParam("id");
    Backup backup =
        BackupId.parse(id)
            .flatMap(backups::find)
            .orElseThrow(
                () ->
                    new ProblemException(
                        new Problem.NotFound("There is no backup " + Printable.of(id))));
    answer(ctx, 200, BackupDocument.of(backup));
  }

  private void create(Context ctx) {
    callers.require(ctx, Scope.ADMIN);
    QueryParameters.of(ctx);
    Backup begun = backups.begin();
    Remark.add(ctx, "id=" + begun.id());
    ctx.header("Location", BACKUPS + "/" + begun.id());
    answer(ctx, 202, BackupDocument.of(begun));
  }

  private static void answer(Context ctx, int status, Object document) {
    ctx.header("Cache-Control", "no-store");
    Json.answer(ctx, status, document);
  }
}
