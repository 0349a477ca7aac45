package dev.tritontube.web.library;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tritontube.web.catalog.Audience;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.Owner;
import dev.tritontube.web.catalog.VideoId;
import dev.tritontube.web.library.Filters.Length;
import dev.tritontube.web.library.Filters.Made;
import dev.tritontube.web.packaging.AssetMedia.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryUpgradeTest {
  @TempDir Path folder;

  @Test
  void whatWasThereBeforeIsListed() throws Exception {
    Path file = folder.resolve("catalog.db");
    Flyway.configure()
        .dataSource("jdbc:sqlite:" + file, null, null)
        .locations("classpath:db/migration")
        .target("9")
        .load()
        .migrate();
    Jdbi.create("jdbc:sqlite:" + file).useHandle(LibraryUpgradeTest::fill);
    try (Database database = Database.open(file)) {
      assertEquals(
          List.of(
              """
              {"renditions":[{"name":"240p","width":426,"height":240,"bitrate":7,"codecs":"avc1"}]}""",
              """
              {"renditions":[{"name":"sound","bitrate":8,"codecs":"mp4a"}]}"""),
          database
              .jdbi()
              .withHandle(
                  handle ->
                      handle
                          .createQuery("select renditions from packaging order by asset desc")
                          .mapTo(String.class)
                          .list()));
      Filters filters =
          new Filters(
              Optional.of("ete sea"),
              Optional.of(Status.COMPLETED),
              Optional.empty(),
              Optional.of(new Owner("admin")),
              Optional.of("sea"),
              new Made(Optional.empty(), Optional.empty()),
              new Length(OptionalDouble.of(20), OptionalDouble.of(21)),
              false);
      Page page =
          new LibraryStore(database)
              .page(
                  new Query(
                      new Audience.PublicAnd(Optional.empty()),
                      filters,
                      Sort.NEWEST,
                      Optional.empty(),
                      10));
      assertEquals(List.of(id('c'), id('b'), id('a')), page.videos());
    }
  }

  private static void fill(org.jdbi.v3.core.Handle handle) {
    handle.execute(
        """
        insert into assets (id, owner, state, sha256, profile, size_bytes, container, created_at)
        values (?, 'admin', 'LIVE', ?, '1', 7, 'mp4', 0)""",
        "x".repeat(20),
        "a".repeat(64));
    handle.execute(
        """
        insert into packaging (asset, status, stage, percent, facts, presentation, playable,
          enqueued_at, updated_at)
        values (?, 'COMPLETED', 'done', 100, '{"durationSeconds":20.5,"width":null}',
          '{"periods":[{"videos":[{"representations":[{"id":"240p","codecs":"avc1",\
        "bandwidth":{"peak":7,"average":6},"width":426,"height":240}]}],"audios":[]}]}',
          true, 0, 0)""",
        "x".repeat(20));
    handle.execute(
        """
        insert into packaging (asset, status, stage, percent, facts, presentation, playable,
          enqueued_at, updated_at)
        values (?, 'COMPLETED', 'done', 100, null, '{"periods":[{"videos":[],"audios":[\
        {"representations":[{"id":"sound","codecs":"mp4a","bandwidth":{"peak":8}}]}]}]}', true,
          0, 0)""",
        "s".repeat(20));
    for (char name : new char[] {'a', 'b', 'c'}) {
      handle.execute(
          """
          insert into videos (id, owner, asset_id, title, description, visibility, file_name,
            created_at, updated_at)
          values (?, 'admin', ?, 'Été', '', 'public', 'a.mp4', 1700000000000, 0)""",
          id(name).value(),
          "x".repeat(20));
      handle.execute(
          "insert into video_tags (video_id, position, tag) values (?, 0, 'sea')",
          id(name).value());
    }
  }

  private static VideoId id(char name) {
    return new VideoId(Character.toString(name).repeat(20));
  }
}
