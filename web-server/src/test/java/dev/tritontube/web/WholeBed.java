package dev.tritontube.web;

import dev.tritontube.web.admin.LiveCluster;
import dev.tritontube.web.http.HttpServer;
import dev.tritontube.web.http.Routes;
import dev.tritontube.web.jobs.FakeJobWork;
import dev.tritontube.web.jobs.Jobs;
import dev.tritontube.web.jobs.TaskWorkers;
import dev.tritontube.web.steering.ClusterFeed;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.util.List;

/// All that a web server answers: the REST side on its bed, and a real storage node to steer. The
/// videos' bytes are not on it.
final class WholeBed implements AutoCloseable {
  final LiveCluster cluster;
  final RestBed rest;
  private final TaskWorkers posters;
  private final ClusterFeed feed;
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  WholeBed(Path folder) throws Exception {
    cluster = new LiveCluster(folder, 1);
    feed = new ClusterFeed(cluster.steering(), ClusterFeed.Limits.USUAL);
    rest = new RestBed(folder, HttpServer.Manners.USUAL, this::site);
    posters = InstantPosters.on(rest);
  }

  /// All that is answered.
  List<Routes> routes() {
    return site(rest);
  }

  private List<Routes> site(RestBed bed) {
    Jobs jobs = new Jobs(bed.database, new FakeJobWork());
    return new Site(
            bed.database,
            cluster.cluster(),
            jobs,
            cluster.steering(),
            feed,
            cluster.copies(),
            meters)
        .all(bed.rest, bed.accounts);
  }

  @Override
  public void close() {
    feed.close();
    posters.close();
    rest.close();
    cluster.close();
    meters.close();
  }
}
