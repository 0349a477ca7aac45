package dev.tritontube.web;

import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.packaging.AssetMedia;
import dev.tritontube.web.packaging.PackagedAssets;
import dev.tritontube.web.packaging.PackagingQueue;
import dev.tritontube.web.packaging.Profiles;
import dev.tritontube.web.packaging.Published;
import dev.tritontube.web.packaging.RenditionAnswer;
import dev.tritontube.web.packaging.SegmentAnswer;
import dev.tritontube.web.packaging.StoredSegment;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// Packaging that has done what a test says.
final class FakePackaging implements PackagedAssets, PackagingQueue {
  final Set<AssetId> enqueued = ConcurrentHashMap.newKeySet();
  final Map<AssetId, AssetMedia> media = new ConcurrentHashMap<>();
  final Map<AssetId, Published> published = new ConcurrentHashMap<>();
  final Map<String, StoredSegment> segments = new ConcurrentHashMap<>();

  /// What is answered for segments that are not there.
  final Map<String, SegmentAnswer> unmade = new ConcurrentHashMap<>();

  /// What assets are that nothing else was said of.
  volatile AssetMedia untold = AssetMedia.pending();

  final Map<String, RenditionAnswer> files = new ConcurrentHashMap<>();
  final Map<AssetId, StoredSegment> posters = new ConcurrentHashMap<>();

  @Override
  public AssetMedia media(AssetId asset) {
    return media.getOrDefault(asset, untold);
  }

  @Override
  public Map<AssetId, AssetMedia> media(Collection<AssetId> assets) {
    return assets.stream().collect(Collectors.toMap(Function.identity(), this::media));
  }

  @Override
  public Optional<Published> published(AssetId asset) {
    return Optional.ofNullable(published.get(asset));
  }

  @Override
  public Optional<Published> published(AssetId asset, String revision) {
    return published(asset).filter(playing -> playing.revision().equals(revision));
  }

  @Override
  public Optional<Published> awaitPublished(AssetId asset) {
    return published(asset);
  }

  @Override
  public SegmentAnswer segment(
      AssetId asset, String revision, String representation, String number) {
    String name = asset + "/" + revision + "/" + representation + "/" + number;
    StoredSegment stored = segments.get(name);
    return stored == null
        ? unmade.getOrDefault(name, new SegmentAnswer.Unknown())
        : new SegmentAnswer.Stored(stored);
  }

  @Override
  public RenditionAnswer file(
      AssetId asset, Published playing, String representation, Optional<String> language) {
    boolean spoken =
        language.isEmpty()
            || playing.presentation().periods().getFirst().audios().stream()
                .anyMatch(sound -> sound.language().equals(language.get()));
    return spoken
        ? files.getOrDefault(asset + "/" + representation, new RenditionAnswer.Unknown())
        : new RenditionAnswer.Unknown();
  }

  @Override
  public Optional<StoredSegment> poster(AssetId asset) {
    return Optional.ofNullable(posters.get(asset));
  }

  @Override
  public Profiles profiles() {
    return Profiles.usual();
  }

  @Override
  public void enqueue(Handle tx, AssetId asset) {
    enqueued.add(asset);
  }

  @Override
  public void remove(AssetId asset) {
    enqueued.remove(asset);
  }
}
