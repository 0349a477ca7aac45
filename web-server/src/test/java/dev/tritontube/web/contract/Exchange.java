package dev.tritontube.web.contract;

import java.net.URI;
import java.net.http.HttpHeaders;

/// A request and its answer.
///
/// @param sent the request's body; empty also when it is none that is looked at
/// @param received the answer's body
public record Exchange(
    String method,
    URI uri,
    HttpHeaders asked,
    byte[] sent,
    int status,
    HttpHeaders told,
    byte[] received) {

  boolean succeeded() {
    return status >= 200 && status < 300;
  }

  @Override
  public String toString() {
    return method + " " + uri.getRawPath() + " -> " + status;
  }
}
