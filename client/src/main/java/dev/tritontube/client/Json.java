package dev.tritontube.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.tritontube.client.TritonTubeException.Refused;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Documents of the server. Fields that are not known are ignored, and words that are not known are
/// read as `OTHER`, so that a client goes on when its server is newer.
final class Json {
  private static final String OTHER = "OTHER";
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .annotationIntrospector(new Others())
          .addModule(new SimpleModule().addDeserializer(Instant.class, new Instants()))
          .build();

  private Json() {}

  /// Says which constant stands for words that are not known.
  private static final class Others extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public @Nullable Enum<?> findDefaultEnumValue(AnnotatedClass type, Enum<?>[] constants) {
      return Stream.of(constants)
          .filter(constant -> constant.name().equals(OTHER))
          .findFirst()
          .orElse(null);
    }
  }

  private static final class Instants extends StdDeserializer<Instant> {
    private static final long serialVersionUID = 1;

    Instants() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      try {
        return Instant.parse(parser.getText());
      } catch (DateTimeException e) {
        throw context.weirdStringException(parser.getText(), Instant.class, "no time");
      }
    }
  }

  /// @throws Refused `unexpected` when the answer is no such document
  static <T> T read(HttpResponse<byte[]> answer, Class<T> type) {
    return tryRead(answer.body(), type)
        .orElseThrow(
            () ->
                new Refused(
                    answer.statusCode(),
                    "unexpected",
                    "the answer to %s %s is none of a TritonTube server"
                        .formatted(answer.request().method(), answer.request().uri()),
                    answer.headers().firstValue("X-Request-Id").orElse(""),
                    null));
  }

  static <T> Optional<T> tryRead(byte[] document, Class<T> type) {
    try {
      return Optional.ofNullable(MAPPER.readValue(document, type));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  static byte[] write(Map<String, ?> document) {
    try {
      return MAPPER.writeValueAsBytes(document);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + document.keySet(), e);
    }
  }

  /// A constant as the server writes it.
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
