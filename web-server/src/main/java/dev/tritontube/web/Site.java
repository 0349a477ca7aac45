package dev.tritontube.web;

import dev.tritontube.web.auth.Accounts;
import dev.tritontube.web.backups.BackupRoutes;
import dev.tritontube.web.backups.Backups;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.cluster.Cluster;
import dev.tritontube.web.health.HealthRoutes;
import dev.tritontube.web.health.MetricsRoutes;
import dev.tritontube.web.http.Routes;
import dev.tritontube.web.jobs.JobRoutes;
import dev.tritontube.web.jobs.Jobs;
import dev.tritontube.web.steering.ClusterEventRoutes;
import dev.tritontube.web.steering.ClusterFeed;
import dev.tritontube.web.steering.ClusterRoutes;
import dev.tritontube.web.steering.Steering;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;

/// All that is answered over HTTP, and what it stands on beside the videos. What is in no list here
/// nobody reaches, and tests hold the contract against these lists.
record Site(
    Database database,
    Cluster cluster,
    Jobs jobs,
    Steering steering,
    ClusterFeed clusterFeed,
    Backups backups,
    PrometheusMeterRegistry meters) {

  /// What every process answers, also one that only works.
  List<Routes> health() {
    return List.of(
        new HealthRoutes(database, cluster, jobs::counts),
        new MetricsRoutes(meters, cluster, jobs::counts));
  }

  /// What a process answers that people and programs come to.
  List<Routes> all(Rest rest, Accounts accounts) {
    List<Routes> routes = new ArrayList<>(health());
    routes.addAll(rest.routes());
    routes.add(new JobRoutes(jobs, accounts.callers()));
    routes.add(new ClusterRoutes(steering, accounts.callers()));
    routes.add(new ClusterEventRoutes(clusterFeed, accounts.callers()));
    routes.add(new BackupRoutes(backups, accounts.callers()));
    return routes;
  }
}
