package dev.tritontube.web.cluster;

import java.time.Duration;

/// Waits a while; a test need not.
interface Pause {
  void await(Duration time) throws InterruptedException;
}
