package dev.tritontube.web.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/// RFC 9457, with our `code` and the request's id.
///
/// @param quota of `quota_exceeded` alone
record ProblemDocument(
    String type,
    String title,
    int status,
    String code,
    String detail,
    @JsonInclude(JsonInclude.Include.NON_NULL) Problem.@Nullable Quota quota,
    String requestId) {

  static final String CONTENT_TYPE = "application/problem+json";

  static ProblemDocument of(Problem problem, String requestId) {
    return new ProblemDocument(
        "about:blank",
        HttpStatus.getMessage(problem.status()),
        problem.status(),
        problem.code(),
        problem.detail(),
        problem instanceof Problem.QuotaExceeded over ? over.quota() : null,
        requestId);
  }
}
