package dev.tritontube.web.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/// JSON in and out. Documents are records whose components are the fields.
public final class Json {
  /// The largest JSON body that is read.
  public static final int MAX_BODY_BYTES = 64 * 1024;

  private static final String BODY = "json-body";

  /// No document here is a tenth of it.
  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder()
          .maxNestingDepth(32)
          .maxNameLength(256)
          .maxNumberLength(64)
          .maxStringLength(MAX_BODY_BYTES)
          .maxTokenCount(10_000)
          .build();

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(JsonFactory.builder().streamReadConstraints(LIMITS).build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /// Answers with a document.
  public static void answer(Context ctx, int status, Object document) {
    answer(ctx, status, bytes(document));
  }

  /// Answers with a document that is JSON already.
  public static void answer(Context ctx, int status, byte[] json) {
    // Otherwise what is large is sent in chunks.
    ctx.header("Content-Length", Integer.toString(json.length));
    ctx.status(status).contentType("application/json").result(json);
  }

  /// Reads the body, which must be one JSON object.
  ///
  /// @throws ProblemException 400 `bad_json`, 408, 413, 415
  public static ObjectNode object(Context ctx) throws IOException {
    String type = ctx.contentType();
    if (type != null && !type.matches("(?i)application/(json|merge-patch\\+json)\\s*(;.*)?")) {
      throw new ProblemException(
          new Problem.UnsupportedMedia("The body is JSON, not " + Printable.of(type)));
    }
    return object(body(ctx));
  }

  /// The bytes of a JSON body, read once.
  ///
  /// @throws ProblemException 408, 413
  public static byte[] body(Context ctx) throws IOException {
    byte[] known = ctx.attribute(BODY);
    if (known == null) {
      known = BoundedBody.read(ctx.req().getInputStream(), MAX_BODY_BYTES, "A JSON body");
      ctx.attribute(BODY, known);
    }
    return known;
  }

  /// A field of a document of ours that is text; empty when there is none.
  public static Optional<String> text(byte[] document, String field) throws IOException {
    if (document.length == 0) {
      return Optional.empty();
    }
    JsonNode value = MAPPER.readTree(document).path(field);
    return value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
  }

  private static ObjectNode object(byte[] body) throws IOException {
    try {
      JsonNode node = MAPPER.readTree(body);
      if (node instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw new ProblemException(
          new Problem.BadRequest("bad_json", "The body is not JSON: " + complaint(e)));
    }
    throw new ProblemException(new Problem.BadRequest("bad_json", "The body is not a JSON object"));
  }

  /// A document as UTF-8.
  public static byte[] bytes(Object document) {
    try {
      return MAPPER.writeValueAsBytes(document);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What is wrong and where, without the parser's own names for its settings.
  private static String complaint(JsonProcessingException e) {
    String what = Printable.of(e.getOriginalMessage().split("[:(]", 2)[0].strip());
    JsonLocation where = e.getLocation();
    return where == null
        ? what
        : "%s at line %d, column %d".formatted(what, where.getLineNr(), where.getColumnNr());
  }
}
