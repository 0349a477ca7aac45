package dev.tritontube.web;

import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.packaging.AssetMedia;
import dev.tritontube.web.packaging.JobCounts;
import dev.tritontube.web.packaging.PackagedAssets;
import dev.tritontube.web.packaging.PackagingQueue;
import dev.tritontube.web.packaging.Published;
import dev.tritontube.web.packaging.StoredSegment;
import java.sql.Connection;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Packaging that has done what a test says.
final class FakePackaging implements PackagedAssets, PackagingQueue {
  final Set<AssetId> enqueued = ConcurrentHashMap.newKeySet();
  final Map<AssetId, AssetMedia> media = new ConcurrentHashMap<>();
  final Map<AssetId, Published> published = new ConcurrentHashMap<>();
  final Map<String, StoredSegment> segments = new ConcurrentHashMap<>();
  final Map<AssetId, StoredSegment> posters = new ConcurrentHashMap<>();

  @Override
  public AssetMedia media(AssetId asset) {
    return media.getOrDefault(asset, AssetMedia.pending());
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
  public Optional<StoredSegment> segment(
      AssetId asset, String revision, String representation, String number) {
    return Optional.ofNullable(
        segments.get(asset + "/" + revision + "/" + representation + "/" + number));
  }

  @Override
  public Optional<StoredSegment> poster(AssetId asset) {
    return Optional.ofNullable(posters.get(asset));
  }

  @Override
  public void enqueue(Connection tx, AssetId asset) {
    enqueued.add(asset);
  }

  @Override
  public void remove(AssetId asset) {
    enqueued.remove(asset);
  }

  @Override
  public JobCounts counts() {
    return new JobCounts(enqueued.size(), 0, 0);
  }
}
