package dev.tritontube.web.health;

import dev.tritontube.web.cluster.Cluster;
import dev.tritontube.web.cluster.NodeView;
import dev.tritontube.web.http.Routes;
import dev.tritontube.web.jobs.JobCounts;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// `/metrics` in the text format of Prometheus. What is counted elsewhere is looked up for each
/// scrape.
public final class MetricsRoutes implements Routes {
  private final PrometheusMeterRegistry meters;
  private final Cluster cluster;
  private final Supplier<JobCounts> jobs;
  private final MultiGauge jobGauge;
  private final MultiGauge usedGauge;
  private final MultiGauge capacityGauge;
  private final MultiGauge upGauge;

  public MetricsRoutes(PrometheusMeterRegistry meters, Cluster cluster, Supplier<JobCounts> jobs) {
    this.meters = meters;
    this.cluster = cluster;
    this.jobs = jobs;
    this.jobGauge = gauge("tritontube.jobs", "Jobs by state");
    this.usedGauge = gauge("tritontube.storage.used.bytes", "Live blobs on a node");
    this.capacityGauge = gauge("tritontube.storage.capacity.bytes", "What a node can hold");
    this.upGauge = gauge("tritontube.storage.up", "1 for a node that is up");
    Stream.of(
            new ClassLoaderMetrics(),
            new JvmMemoryMetrics(),
            new JvmThreadMetrics(),
            new ProcessorMetrics(),
            new UptimeMetrics())
        .forEach(binder -> binder.bindTo(meters));
  }

  private MultiGauge gauge(String name, String description) {
    return MultiGauge.builder(name).description(description).register(meters);
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routing) {
    routing.get("/metrics", this::metrics);
  }

  private void metrics(Context ctx) {
    JobCounts counts = jobs.get();
    jobGauge.register(
        List.of(
            Row.of(Tags.of("state", "waiting"), counts.waiting()),
            Row.of(Tags.of("state", "running"), counts.running()),
            Row.of(Tags.of("state", "retrying"), counts.retrying()),
            Row.of(Tags.of("state", "done"), counts.done()),
            Row.of(Tags.of("state", "dead"), counts.dead()),
            Row.of(Tags.of("state", "cancelled"), counts.cancelled())),
        true);
    perNode(usedGauge, NodeView::blobBytes);
    perNode(capacityGauge, NodeView::capacityBytes);
    perNode(upGauge, view -> view.condition().name().equals("UP") ? 1 : 0);
    ctx.contentType("text/plain; version=0.0.4; charset=utf-8").result(meters.scrape());
  }

  private void perNode(MultiGauge gauge, ToDoubleFunction<NodeView> value) {
    gauge.register(
        cluster.nodes().stream()
            .map(view -> Row.of(Tags.of("node", view.node().id().value()), view, value))
            .toList(),
        true);
  }
}
