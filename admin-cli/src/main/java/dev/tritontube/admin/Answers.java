package dev.tritontube.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.Map;

/// Where answers go: JSON for programs, text for people; remarks and progress go to the other
/// stream.
///
/// @param json one JSON document is wanted
record Answers(PrintWriter out, PrintWriter err, boolean json) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Shows an answer in the form that is wanted.
  void show(Map<String, Object> document, String text) {
    out.println(json ? encode(document) : text);
    out.flush();
  }

  void remark(String text) {
    err.println(text);
    err.flush();
  }

  private static String encode(Map<String, Object> document) {
    try {
      return JSON.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not JSON: " + document, e);
    }
  }
}
