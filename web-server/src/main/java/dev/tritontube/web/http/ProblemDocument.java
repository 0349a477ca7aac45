package dev.tritontube.web.http;

import org.eclipse.jetty.http.HttpStatus;

/// RFC 9457, with our `code` and the request's id.
record ProblemDocument(
    String type, String title, int status, String code, String detail, String requestId) {

  static final String CONTENT_TYPE = "application/problem+json";

  static ProblemDocument of(Problem problem, String requestId) {
    return new ProblemDocument(
        "about:blank",
        HttpStatus.getMessage(problem.status()),
        problem.status(),
        problem.code(),
        problem.detail(),
        requestId);
  }
}
