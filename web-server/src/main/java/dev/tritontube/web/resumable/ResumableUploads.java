package dev.tritontube.web.resumable;

import dev.tritontube.web.catalog.Asset;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.OverQuotaException;
import dev.tritontube.web.catalog.Owner;
import dev.tritontube.web.catalog.RandomIds;
import dev.tritontube.web.catalog.UploadStore;
import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.catalog.VideoId;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.originals.RingOriginals;
import dev.tritontube.web.packaging.Container;
import dev.tritontube.web.resumable.ResumableUpload.Kind;
import dev.tritontube.web.resumable.ResumableUpload.State;
import dev.tritontube.web.uploads.ChunkBuffers;
import dev.tritontube.web.uploads.ChunkStore;
import dev.tritontube.web.uploads.Completion;
import dev.tritontube.web.uploads.FormFields;
import dev.tritontube.web.uploads.OverQuota;
import dev.tritontube.web.uploads.RawBody;
import dev.tritontube.web.uploads.Uploads;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Uploads that come in several requests. Thread-safe.
public final class ResumableUploads {
  /// How long an upload waits for its next byte.
  static final Duration LIFETIME = Duration.ofHours(24);

  /// How long one may ask what became of an upload that has expired.
  private static final Duration REMEMBERED = Duration.ofHours(24);

  /// Memory and time are taken by those that receive something; these only have their blobs.
  private static final int MAX_OPEN = 1000;

  /// How often `run` is to be called.
  public static final Duration PERIOD = Duration.ofMinutes(5);

  private static final Logger LOG = LoggerFactory.getLogger(ResumableUploads.class);

  private final Parts parts;
  private final ResumableUploadStore store;
  private final Append.Ground ground;
  private final Writers writers = new Writers();

  /// What it stands on.
  public record Parts(
      Database database,
      UploadStore uploadStore,
      ChunkStore chunks,
      ChunkBuffers buffers,
      RingOriginals originals,
      Uploads uploads,
      Completion completion,
      Uploads.Environment environment) {}

  public ResumableUploads(Parts parts) {
    this.parts = parts;
    this.store = new ResumableUploadStore(parts.database(), parts.uploadStore());
    this.ground =
        new Append.Ground(
            store, parts.uploadStore(), parts.chunks(), parts.buffers(), this::expiry);
  }

  long maxBytes() {
    return parts.environment().maxBytes();
  }

  private Instant now() {
    return parts.environment().clock().instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private Instant expiry() {
    return now().plus(LIFETIME);
  }

  private String token() {
    return RandomIds.next(parts.environment().random());
  }

  /// Begins an upload.
  ///
  /// @param metadata checked
  /// @throws ProblemException 409 `too_many_uploads`, 413
  ResumableUpload create(Owner owner, Kind kind, OptionalLong length, Metadata metadata) {
    if (length.orElse(0) > maxBytes()) {
      throw tooLarge();
    }
    if (store.open(owner) >= MAX_OPEN) {
      throw new ProblemException(
          new Problem.Conflict(
              "too_many_uploads", "There are " + MAX_OPEN + " uploads open already"));
    }
    ResumableUpload upload = described(owner, kind, State.OPEN, length, metadata, Optional.empty());
    within(
        () -> {
          store.create(upload, now());
          return true;
        });
    return upload;
  }

  /// What may need more room than there is.
  ///
  /// @throws ProblemException `quota_exceeded`
  private static <T> T within(Supplier<T> step) {
    try {
      return step.get();
    } catch (OverQuotaException e) {
      throw OverQuota.problem(e);
    }
  }

  private ResumableUpload described(
      Owner owner,
      Kind kind,
      State state,
      OptionalLong length,
      Metadata metadata,
      Optional<VideoId> video) {
    return new ResumableUpload(
        token(),
        AssetId.random(parts.environment().random()),
        owner,
        kind,
        state,
        length,
        state == State.DONE ? length.orElseThrow() : 0,
        SavedDigest.of(null),
        new byte[0],
        Optional.empty(),
        metadata.header(),
        video,
        expiry());
  }

  private ProblemException tooLarge() {
    return new ProblemException(
        new Problem.TooLarge("A file has at most " + maxBytes() + " bytes here"));
  }

  Optional<ResumableUpload> find(String id) {
    return store.find(id);
  }

  /// How far an upload is, once nobody adds to it any more.
  ///
  /// @throws ProblemException 404, 410
  ResumableUpload settled(ResumableUpload upload) {
    writers.end(upload.id());
    return completed(alive(store.find(upload.id()).orElseThrow(Ended::givenUp)));
  }

  /// @throws ProblemException 410
  ResumableUpload alive(ResumableUpload upload) {
    if (upload.state() == State.GONE
        || upload.state() == State.OPEN && !upload.expires().isAfter(now())) {
      throw Ended.givenUp();
    }
    return upload;
  }

  /// One request's bytes.
  ///
  /// @param offset where the client goes on
  /// @param length of the file, if it is told now
  /// @param size of the body; empty: not told
  record Body(
      InputStream input,
      long offset,
      OptionalLong length,
      OptionalLong size,
      @Nullable Checksum checksum) {}

  /// Adds bytes to an upload, and makes a video of it when it is whole.
  ///
  /// @throws ProblemException 409 `wrong_offset`, `taken_over`, 410, 413, 415, 460
  ResumableUpload append(ResumableUpload upload, Body body) throws IOException {
    return writers.write(upload.id(), body.input(), input -> append(upload.id(), body, input));
  }

  private ResumableUpload append(String id, Body body, InputStream input) throws IOException {
    String writer = token();
    ResumableUpload upload = taken(id, writer);
    if (body.offset() != upload.received()) {
      throw new ProblemException(
          new Problem.Conflict(
              "wrong_offset",
              "The upload goes on at byte " + upload.received() + ", not at " + body.offset()));
    }
    if (body.length().isPresent()) {
      upload = told(upload, body.length().getAsLong(), writer);
    }
    long most = upload.lacking(maxBytes());
    if (body.size().orElse(0) > most) {
      throw new ProblemException(new Problem.TooLarge("Only " + most + " bytes are to come"));
    }
    append(upload, writer, body.checksum(), input, body.size().orElse(most));
    return completed(store.find(id).orElseThrow(Ended::givenUp));
  }

  /// What is no video never will be one.
  private void append(
      ResumableUpload upload,
      String writer,
      @Nullable Checksum checksum,
      InputStream input,
      long most)
      throws IOException {
    try {
      new Append(ground, upload, writer, checksum).take(input, most);
    } catch (ProblemException e) {
      if (e.problem() instanceof Problem.UnsupportedMedia) {
        store.giveUp(upload, now());
      }
      throw e;
    } catch (OverQuotaException e) {
      throw OverQuota.problem(e);
    }
  }

  /// Makes a video of what has all come, also for a web server that did not live to.
  private ResumableUpload completed(ResumableUpload upload) {
    boolean due = upload.state() == State.OPEN && upload.kind() == Kind.WHOLE && upload.whole();
    return due ? complete(upload) : upload;
  }

  /// Takes a whole file, in the place of what has come of it before.
  ///
  /// @throws ProblemException 409 `taken_over`, `upload_done`, 410, 413, 415
  ResumableUpload put(ResumableUpload upload, InputStream body) throws IOException {
    return writers.write(upload.id(), body, input -> put(upload.id(), input));
  }

  private ResumableUpload put(String id, InputStream input) throws IOException {
    String writer = token();
    ResumableUpload upload = taken(id, writer);
    if (upload.received() > 0) {
      upload = restarted(upload, writer);
    }
    append(upload, writer, null, input, upload.lacking(maxBytes()));
    return store.find(id).orElseThrow(Ended::givenUp);
  }

  private ResumableUpload restarted(ResumableUpload upload, String writer) {
    AssetId asset = AssetId.random(parts.environment().random());
    if (!within(() -> store.restart(upload, writer, asset, now()))) {
      throw Ended.takenOver();
    }
    return taken(upload.id(), writer);
  }

  private ResumableUpload taken(String id, String writer) {
    return store
        .take(id, writer, now())
        .or(() -> store.find(id).map(this::alive).map(ResumableUploads::ended))
        .orElseThrow(Ended::givenUp);
  }

  /// One of which a video was made.
  private static ResumableUpload ended(ResumableUpload upload) {
    throw new ProblemException(
        new Problem.Conflict("upload_done", "All of upload " + upload.id() + " has come"));
  }

  private ResumableUpload told(ResumableUpload upload, long length, String writer) {
    if (length > maxBytes()) {
      throw tooLarge();
    }
    boolean same = upload.length().isPresent() && upload.length().getAsLong() == length;
    if (!same && (length < upload.received() || !within(() -> store.tell(upload, length)))) {
      throw new ProblemException(
          new Problem.BadRequest("bad_header", "The length was another, or less than has come"));
    }
    return taken(upload.id(), writer);
  }

  /// @throws ProblemException 410 when it was given up meanwhile, 415
  ResumableUpload complete(ResumableUpload upload) {
    Container container = container(upload);
    Completion.Bytes bytes =
        new Completion.Bytes(
            upload.digest().value(),
            upload.received(),
            container,
            parts.uploadStore().reserved(upload.asset()).orElseThrow(Ended::givenUp),
            false);
    Completion.Whole whole = new Completion.Whole(upload.asset(), upload.owner(), bytes);
    Optional<Video> video =
        parts
            .completion()
            .complete(whole, fields(upload), (tx, made) -> store.done(tx, upload.id(), made));
    if (video.isEmpty()) {
      throw Ended.givenUp();
    }
    return store.find(upload.id()).orElseThrow(Ended::givenUp);
  }

  /// Told by its few bytes, if it has no more.
  private Container container(ResumableUpload upload) {
    return upload
        .container()
        .or(() -> Container.sniff(upload.head()))
        .orElseThrow(
            () -> {
              store.giveUp(upload, now());
              return Append.unknown();
            });
  }

  private static FormFields fields(ResumableUpload upload) {
    return Metadata.parse(upload.metadata()).fields();
  }

  /// Gives up an upload.
  ///
  /// @throws ProblemException 409 `upload_done`, 410
  void terminate(ResumableUpload upload) {
    writers.end(upload.id());
    if (!store.giveUp(upload, now())) {
      ended(alive(store.find(upload.id()).orElseThrow(Ended::givenUp)));
    }
  }

  /// Makes one file of several, and a video of it. They are given up.
  ///
  /// @param metadata checked
  /// @throws ProblemException 400 `bad_parts`, 413, 415
  ResumableUpload concatenate(Owner owner, List<String> ids, Metadata metadata) throws IOException {
    List<ResumableUpload> uploads = ids.stream().map(id -> part(owner, id)).toList();
    long length = uploads.stream().mapToLong(ResumableUpload::received).sum();
    if (length > maxBytes()) {
      throw tooLarge();
    }
    Video video;
    try (InputStream input = oneAfterTheOther(uploads)) {
      RawBody body = new RawBody(input, metadata.fields(), length);
      Together together = new Together(uploads);
      video = parts.uploads().join(body, owner, together::made);
    }
    ResumableUpload whole =
        described(
            owner,
            Kind.WHOLE,
            State.DONE,
            OptionalLong.of(length),
            metadata,
            Optional.of(video.id()));
    store.createDone(whole, now());
    return whole;
  }

  /// Parts that are given up in the transaction that makes a video of them: their room is its room.
  private final class Together implements UploadStore.Joining {
    private final List<ResumableUpload> uploads;

    Together(List<ResumableUpload> uploads) {
      this.uploads = uploads;
    }

    Optional<Video> made(Completion.Whole whole, FormFields fields) {
      return parts.completion().join(whole, fields, this);
    }

    @Override
    public List<AssetId> parts() {
      return uploads.stream().map(ResumableUpload::asset).toList();
    }

    @Override
    public void begin(Handle tx) {
      if (!uploads.stream().allMatch(part -> ResumableUploadStore.gone(tx, part.id()))) {
        throw Ended.givenUp();
      }
    }
  }

  private ResumableUpload part(Owner owner, String id) {
    return store
        .find(id)
        .filter(part -> part.owner().equals(owner) && part.kind() == Kind.PART)
        .filter(part -> part.state() == State.OPEN && part.whole() && part.received() > 0)
        .orElseThrow(
            () ->
                new ProblemException(
                    new Problem.BadRequest(
                        "bad_parts", "What is put together are uploads of parts that are whole")));
  }

  private InputStream oneAfterTheOther(List<ResumableUpload> uploads) throws IOException {
    List<InputStream> inputs = new ArrayList<>();
    for (ResumableUpload part : uploads) {
      long numbers = parts.uploadStore().reserved(part.asset()).orElseThrow(Ended::givenUp);
      Asset asset =
          new Asset(
              part.asset(),
              part.owner(),
              part.digest().value(),
              "",
              part.received(),
              "",
              OptionalLong.of(numbers),
              now());
      inputs.add(parts.originals().of(asset).open(0));
    }
    return new SequenceInputStream(Collections.enumeration(inputs));
  }

  /// Makes videos of what nobody asked for any more, and forgets what expired long ago.
  public void run() {
    for (ResumableUpload upload : store.whole(now().plus(LIFETIME).minus(PERIOD))) {
      try {
        completed(upload);
      } catch (ProblemException e) {
        LOG.warn("upload {} could not be completed: {}", upload.id(), e.getMessage());
      }
    }
    store.forget(now().minus(REMEMBERED));
  }
}
