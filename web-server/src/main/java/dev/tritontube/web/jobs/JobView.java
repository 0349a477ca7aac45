package dev.tritontube.web.jobs;

import dev.tritontube.web.catalog.TitleStore.Titled;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A job with what surrounds it.
///
/// @param videos those that share its asset, the oldest first
/// @param progress null when it has ended
public record JobView(Job job, List<Titled> videos, @Nullable JobProgress progress) {
  public JobView {
    videos = List.copyOf(videos);
  }
}
