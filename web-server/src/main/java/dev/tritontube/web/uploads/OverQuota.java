package dev.tritontube.web.uploads;

import dev.tritontube.web.catalog.OverQuotaException;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import java.util.Locale;

/// How clients are told that somebody may not have more.
public final class OverQuota {
  private OverQuota() {}

  public static ProblemException problem(OverQuotaException over) {
    String quota = over.bound().name().toLowerCase(Locale.ROOT);
    return new ProblemException(
        new Problem.QuotaExceeded(new Problem.Quota(quota, over.limit(), over.left())));
  }
}
