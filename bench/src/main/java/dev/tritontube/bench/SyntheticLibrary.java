package dev.tritontube.bench;

import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/// A catalog of videos that nobody uploaded, put straight into its tables while no web server runs.
/// A hundred of them share an asset; what is packaged of it is a copy of a video's that was.
final class SyntheticLibrary {
  private static final int BATCH = 5_000;
  private static final int OF_AN_ASSET = 100;
  private static final int OWNERS = 1_000;
  private static final int WORDS = 20_000;
  private static final long FIRST_MILLIS = 1_700_000_000_000L;
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

  private final Jdbi catalog;
  private final Random random = new Random(1);
  private String asset = "";
  private double seconds;
  private String status = "";
  private long millis = FIRST_MILLIS;
  private int count;

  /// @param catalog has one video that is packaged
  SyntheticLibrary(Jdbi catalog) {
    this.catalog = catalog;
  }

  /// Adds videos until there are so many.
  void fill(int videos) {
    while (count < videos) {
      int end = Math.min(videos, count + BATCH);
      catalog.useTransaction(tx -> add(tx, end));
    }
  }

  private void add(Handle tx, int end) {
    PreparedBatch videos =
        tx.prepareBatch(
            "insert into videos (id, owner, asset_id, title, description, visibility, file_name,"
                + " created_at, updated_at) values (?, ?, ?, ?, ?, ?, 'a.mp4', ?, ?)");
    PreparedBatch library =
        tx.prepareBatch(
            "insert into library (ordinal, video, owner, shelf, status, title_key,"
                + " duration_seconds, size_bytes) values (?, ?, ?, ?, ?, ?, ?, ?)");
    PreparedBatch words =
        tx.prepareBatch(
            "insert into library_words (rowid, title, description, tags, owner)"
                + " values (?, ?, ?, ?, ?)");
    PreparedBatch tags =
        tx.prepareBatch("insert into video_tags (video_id, position, tag) values (?, 0, ?)");
    PreparedBatch tagged = tx.prepareBatch("insert into library_tags (tag, ordinal) values (?, ?)");
    for (; count < end; count++) {
      String owner = "owner" + count / OF_AN_ASSET % OWNERS;
      if (count % OF_AN_ASSET == 0) {
        addAsset(tx, owner);
      }
      millis += 1 + random.nextInt((int) Duration.ofMinutes(1).toMillis());
      long ordinal = millis << 20;
      String id = id();
      String title = title();
      String description = sentence(20);
      String tag = "tag" + (int) Math.pow(1_000, random.nextDouble());
      String shelf =
          random.nextInt(10) < 8 ? "public" : random.nextBoolean() ? "private" : "unlisted";
      videos.add(id, owner, asset, title, description, shelf, millis, millis);
      library.add(ordinal, id, owner, shelf, status, title.toLowerCase(), seconds, 1_000_000);
      words.add(ordinal, title, description, tag, owner);
      tags.add(id, tag);
      tagged.add(tag, ordinal);
    }
    for (PreparedBatch batch : new PreparedBatch[] {videos, library, words, tags, tagged}) {
      batch.execute();
    }
  }

  private void addAsset(Handle tx, String owner) {
    asset = id();
    byte[] digest = new byte[32];
    random.nextBytes(digest);
    status = random.nextInt(200) == 0 ? "FAILED" : "COMPLETED";
    seconds = 1 + random.nextInt(7_200_000) / 1000.0;
    tx.execute(
        "insert into assets (id, owner, state, sha256, profile, size_bytes, container, created_at)"
            + " values (?, ?, 'LIVE', ?, '1', 1000000, 'mp4', ?)",
        asset,
        owner,
        HexFormat.of().formatHex(digest),
        millis);
    tx.execute(
        """
        insert into packaging (asset, status, stage, percent, error_code, error_detail, revision,
          facts, presentation, renditions, playable, enqueued_at, updated_at, duration_seconds)
        select ?, ?, 'done', 100, case ? when 'FAILED' then 'internal_error' end, 'made up',
          p.revision, p.facts, p.presentation, p.renditions, true, p.enqueued_at, p.updated_at, ?
        from packaging p where p.presentation is not null order by p.enqueued_at limit 1""",
        asset,
        status,
        status,
        seconds);
  }

  /// `Video` is in nearly every one, `middling` in two of a hundred, `rare` in ten of a million.
  private String title() {
    return (random.nextInt(100) < 97 ? "Video " : "Film ")
        + sentence(3)
        + (random.nextInt(50) == 0 ? " middling" : "")
        + (count % 100_000 == 7_777 ? " rare" : "");
  }

  private String sentence(int length) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < length; i++) {
      words.append(i == 0 ? "w" : " w").append((int) Math.pow(WORDS, random.nextDouble()));
    }
    return words.toString();
  }

  private String id() {
    StringBuilder id = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }
}
