package dev.tritontube.web;

import dev.tritontube.web.accounts.Callers;
import dev.tritontube.web.auth.Accounts;
import dev.tritontube.web.blobs.Blobs;
import dev.tritontube.web.catalog.AssetStore;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.FollowedUploadStore;
import dev.tritontube.web.catalog.PieceStore;
import dev.tritontube.web.catalog.PurgeStore;
import dev.tritontube.web.catalog.UploadStore;
import dev.tritontube.web.catalog.VideoStore;
import dev.tritontube.web.contract.ContractRoutes;
import dev.tritontube.web.events.EventFeed;
import dev.tritontube.web.events.EventRetention;
import dev.tritontube.web.events.EventRoutes;
import dev.tritontube.web.events.ProgressRoutes;
import dev.tritontube.web.frames.FrameFileRoutes;
import dev.tritontube.web.frames.FrameRoutes;
import dev.tritontube.web.frames.FrameSweeps;
import dev.tritontube.web.http.Routes;
import dev.tritontube.web.idempotency.IdempotencyRoutes;
import dev.tritontube.web.library.LibraryStore;
import dev.tritontube.web.originals.Purger;
import dev.tritontube.web.originals.RingOriginals;
import dev.tritontube.web.packaging.PackagedAssets;
import dev.tritontube.web.packaging.PackagingQueue;
import dev.tritontube.web.packaging.Profiles;
import dev.tritontube.web.playback.DownloadRoutes;
import dev.tritontube.web.playback.OriginalRoutes;
import dev.tritontube.web.playback.PlaybackRoutes;
import dev.tritontube.web.playback.TextRoutes;
import dev.tritontube.web.posters.PosterRoutes;
import dev.tritontube.web.posters.Posters;
import dev.tritontube.web.resumable.DirectRoutes;
import dev.tritontube.web.resumable.ResumableUploads;
import dev.tritontube.web.resumable.TusRoutes;
import dev.tritontube.web.tracks.ChapterRoutes;
import dev.tritontube.web.tracks.Texts;
import dev.tritontube.web.tracks.TrackRoutes;
import dev.tritontube.web.tracks.Tracks;
import dev.tritontube.web.ui.AppRoutes;
import dev.tritontube.web.ui.WatchRoutes;
import dev.tritontube.web.ui.WebApp;
import dev.tritontube.web.uploads.ChunkBuffers;
import dev.tritontube.web.uploads.ChunkStore;
import dev.tritontube.web.uploads.Completion;
import dev.tritontube.web.uploads.FollowedUploads;
import dev.tritontube.web.uploads.UploadRecovery;
import dev.tritontube.web.uploads.UploadRoutes;
import dev.tritontube.web.uploads.Uploads;
import dev.tritontube.web.videos.BatchRoutes;
import dev.tritontube.web.videos.CleanupRoutes;
import dev.tritontube.web.videos.Deletions;
import dev.tritontube.web.videos.KeptAnswers;
import dev.tritontube.web.videos.VideoAccess;
import dev.tritontube.web.videos.VideoAnswers;
import dev.tritontube.web.videos.VideoDocuments;
import dev.tritontube.web.videos.VideoRoutes;
import java.util.ArrayList;
import java.util.List;

/// Videos over HTTP, from upload to playback, put together on top of a catalog, a ring and
/// packaging.
///
/// @param routes what requests reach
/// @param purger to be run about every second
/// @param recovery to be run every `UploadRecovery.PERIOD`
/// @param retention to be run every `EventRetention.PERIOD`
/// @param deletions whose cleanup is to be tried every `Deletions.PERIOD`
/// @param follows to be run every `FollowedUploads.PERIOD`
/// @param resumable to be run every `ResumableUploads.PERIOD`
/// @param idempotency to be run every `IdempotencyRoutes.PERIOD`
/// @param frameSweeps to be run every `FrameSweeps.PERIOD`
/// @param posters to be swept about every second
record Rest(
    List<Routes> routes,
    Purger purger,
    UploadRecovery recovery,
    EventRetention retention,
    FollowedUploads follows,
    Deletions deletions,
    ResumableUploads resumable,
    IdempotencyRoutes idempotency,
    FrameSweeps frameSweeps,
    Posters posters) {

  /// What the videos stand on.
  ///
  /// @param segments the same blobs, behind the cache
  record Ground(
      Database database,
      Blobs blobs,
      Blobs segments,
      PackagedAssets packaged,
      PackagingQueue queue,
      EventFeed feed,
      KeptAnswers answers) {}

  static Rest on(
      Ground ground,
      Deletions.Settings deleting,
      Accounts accounts,
      ChunkBuffers buffers,
      Uploads.Environment uploading) {
    Deletions deletions = new Deletions(ground.database(), deleting, uploading.clock());
    Callers callers = accounts.callers();
    VideoStore videos = new VideoStore(ground.database());
    AssetStore assets = new AssetStore(ground.database());
    UploadStore uploadStore = new UploadStore(ground.database(), accounts.quotas());
    VideoAccess access = new VideoAccess(videos, callers);
    VideoDocuments documents = new VideoDocuments(assets, ground.packaged());
    RingOriginals originals =
        new RingOriginals(ground.blobs(), assets, new PieceStore(ground.database()));
    ChunkStore chunks = new ChunkStore(ground.blobs());
    Completion completion = new Completion(uploadStore, ground.queue()::enqueue, uploading);
    Profiles profiles = ground.queue().profiles();
    Uploads uploads = new Uploads(uploadStore, completion, chunks, buffers, uploading);
    ResumableUploads resumable =
        new ResumableUploads(
            new ResumableUploads.Parts(
                ground.database(),
                uploadStore,
                chunks,
                buffers,
                originals,
                uploads,
                completion,
                uploading));
    FollowedUploadStore followed = new FollowedUploadStore(ground.database());
    FollowedUploads follows =
        new FollowedUploads(followed, uploading.instance(), uploading.clock());
    Texts texts = new Texts(ground.database());
    WebApp app = WebApp.built(uploading.random());
    IdempotencyRoutes idempotency =
        new IdempotencyRoutes(ground.database(), callers, uploading.random(), uploading.clock());
    Posters posters =
        new Posters(ground.database(), ground.blobs(), uploading.random(), uploading.clock());
    List<Routes> routes = new ArrayList<>(accounts.routes());
    routes.add(idempotency);
    routes.addAll(
        List.of(
            new UploadRoutes(uploads, follows, documents, profiles, callers),
            new DirectRoutes(resumable, videos, documents, profiles, callers),
            new TusRoutes(resumable, profiles, callers),
            new VideoRoutes(
                videos,
                new VideoAnswers(
                    videos, new LibraryStore(ground.database()), documents, ground.answers()),
                access,
                deletions,
                uploading.clock()),
            new BatchRoutes(videos, deletions, callers, uploading.clock()),
            new CleanupRoutes(deletions, callers),
            new PosterRoutes(posters, access, documents, ground.packaged()),
            new PlaybackRoutes(
                access, ground.packaged(), ground.segments(), new Tracks(ground.database())),
            new TextRoutes(ground.database(), access, ground.packaged(), texts),
            new TrackRoutes(
                ground.database(),
                access,
                ground.packaged(),
                new TrackRoutes.Environment(uploading.random(), uploading.clock())),
            new ChapterRoutes(ground.database(), access, texts),
            new OriginalRoutes(access, assets, originals),
            new DownloadRoutes(access, ground.packaged(), new Tracks(ground.database())),
            new FrameRoutes(
                ground.database(),
                access,
                ground.packaged(),
                uploading.random(),
                uploading.clock()),
            new FrameFileRoutes(ground.database(), ground.blobs(), access, callers),
            new WatchRoutes(access, documents, app),
            new AppRoutes(app),
            new ContractRoutes(),
            new EventRoutes(ground.feed(), access, callers),
            new ProgressRoutes(ground.database(), ground.feed(), access, callers)));
    return new Rest(
        routes,
        new Purger(
            new PurgeStore(ground.database()), ground.blobs(), ground.queue(), uploading.clock()),
        new UploadRecovery(uploadStore, followed, uploading.instance(), uploading.clock()),
        new EventRetention(ground.database().events(), uploading.clock()),
        follows,
        deletions,
        resumable,
        idempotency,
        new FrameSweeps(ground.database(), ground.blobs(), uploading.clock()),
        posters);
  }
}
