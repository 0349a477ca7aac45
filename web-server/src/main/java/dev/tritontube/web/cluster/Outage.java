package dev.tritontube.web.cluster;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says once that something fails, however often it is tried, and once that it works again. For one
/// thread.
final class Outage {
  private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

  private final String what;
  private boolean lasts;

  Outage(String what) {
    this.what = what;
  }

  void failed(Exception reason) {
    if (!lasts) {
      LOG.warn("{} failed and is tried again", what, reason);
    }
    lasts = true;
  }

  void succeeded() {
    if (lasts) {
      LOG.info("{} works again", what);
    }
    lasts = false;
  }
}
