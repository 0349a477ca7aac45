package dev.tritontube.web.backups;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// Tables as a stream of JSON values, one a line, compressed by gzip:
///
/// ```
/// "videos"                          the name of a table
/// ["id", "title", "expires_at"]     its columns
/// ["ab…", "Holiday", null]          a row: text, whole numbers, others, true and false, null;
///                                   bytes in base 64, times as milliseconds since 1970
/// "video_tags"                      the next table
/// …
/// 12345                             the number of all rows: the end
/// ```
///
/// A table comes after those that it refers to. What is cut off has no end, and is refused.
final class Dump {
  static final int FORMAT = 1;

  private static final int BUFFER = 64 * 1024;

  /// The longest text in a table.
  private static final int MAX_TEXT = 256 << 20;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(MAX_TEXT).build())
          .build();

  private Dump() {}

  /// For one thread. What is written is not whole before `end`.
  static final class Writer implements AutoCloseable {
    private final JsonGenerator json;
    private long rows;

    Writer(OutputStream output) throws IOException {
      json = JSON.createGenerator(new GZIPOutputStream(output, BUFFER));
      json.setRootValueSeparator(new SerializedString("\n"));
    }

    void table(String name, List<String> columns) throws IOException {
      json.writeString(name);
      row(columns);
      rows--;
    }

    /// @param values strings, longs, doubles, booleans and nulls
    void row(List<? extends @Nullable Object> values) throws IOException {
      json.writeStartArray();
      for (Object value : values) {
        switch (value) {
          case null -> json.writeNull();
          case String text -> json.writeString(text);
          case Long number -> json.writeNumber(number);
          case Double number -> json.writeNumber(number);
          case Boolean flag -> json.writeBoolean(flag);
          default -> throw new IllegalArgumentException("a value of " + value.getClass());
        }
      }
      json.writeEndArray();
      rows++;
    }

    long rows() {
      return rows;
    }

    void end() throws IOException {
      json.writeNumber(rows);
    }

    @Override
    public void close() throws IOException {
      json.close();
    }
  }

  /// Takes what is read.
  interface Sink {
    void table(String name, List<String> columns) throws IOException;

    /// @param values strings, longs, doubles, booleans and nulls
    void row(List<@Nullable Object> values) throws IOException;
  }

  /// Reads to the end.
  ///
  /// @return how many rows there were
  /// @throws IOException when it is no dump, or not all of one
  static long read(InputStream input, Sink sink) throws IOException {
    long rows = 0;
    boolean header = false;
    try (JsonParser json = JSON.createParser(new GZIPInputStream(input, BUFFER))) {
      String table = "";
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.VALUE_STRING) {
          table = json.getText();
          header = true;
        } else if (token == JsonToken.START_ARRAY && header) {
          header = false;
          sink.table(table, values(json).stream().map(String::valueOf).toList());
        } else if (token == JsonToken.START_ARRAY) {
          sink.row(values(json));
          rows++;
        } else if (token == JsonToken.VALUE_NUMBER_INT && json.getLongValue() == rows) {
          return rows;
        } else {
          throw new IOException("row " + rows + " of a backup begins with " + token);
        }
      }
    }
    throw new IOException("a backup breaks off after " + rows + " rows");
  }

  private static List<@Nullable Object> values(JsonParser json) throws IOException {
    List<@Nullable Object> values = new ArrayList<>();
    for (JsonToken token = json.nextToken();
        token != JsonToken.END_ARRAY;
        token = json.nextToken()) {
      values.add(
          switch (token) {
            case VALUE_NULL -> null;
            case VALUE_STRING -> json.getText();
            case VALUE_NUMBER_INT -> json.getLongValue();
            case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case null, default -> throw new IOException("a row of a backup has " + token);
          });
    }
    return values;
  }
}
