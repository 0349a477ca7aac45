package dev.tritontube.client;

import static dev.tritontube.client.Requests.API;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// Making videos of files. Thread-safe.
public final class Uploads {
  private static final String UPLOADS = API + "/uploads";

  /// Of headers and of a query: servers take 8 KiB of all headers together.
  private static final int MOST_CHARACTERS = 5000;

  private final Requests requests;

  Uploads(Requests requests) {
    this.requests = requests;
  }

  /// Uploads a file, going on where it was when the connection breaks.
  ///
  /// @return the video, which may not play yet: see [Videos#awaitPlayable]
  /// @throws IOException when the file cannot be read
  /// @throws TritonTubeException.Refused 413, 415 `unsupported_media`, and others
  public Video upload(Path file, NewVideo about) throws IOException {
    return upload(Source.of(file), about, Progress.IGNORED);
  }

  /// Uploads something, as above.
  public Video upload(Source source, NewVideo about, Progress progress) throws IOException {
    return begin(source, about).send(source, progress);
  }

  /// Begins an upload whose address can be kept, so that it goes on after a restart of the program.
  /// The server waits a day for its next byte.
  ///
  /// @throws IOException when the size of the source cannot be told
  public Upload begin(Source source, NewVideo about) throws IOException {
    long size = source.sizeBytes();
    Call call =
        Upload.tus(Call.of("POST", UPLOADS))
            .header("Upload-Length", Long.toString(size))
            .header("Upload-Metadata", metadata(source.name(), about))
            .once();
    HttpResponse<byte[]> answer = requests.send(call);
    String location =
        answer
            .headers()
            .firstValue("Location")
            .orElseThrow(
                () ->
                    new TritonTubeException.Refused(
                        answer.statusCode(), "unexpected", "an upload has no Location", "", null));
    return new Upload(requests, requests.address(location), about);
  }

  /// Goes on with an upload that was begun before.
  ///
  /// @param address of the upload, on this server
  public Upload resume(URI address) {
    return resume(address, NewVideo.untitled());
  }

  /// Goes on with an upload that was begun before.
  ///
  /// @param about what is to be said of the video, also if it was something else at the beginning
  public Upload resume(URI address, NewVideo about) {
    URI known = requests.address(address.toString());
    if (!known.getPath().startsWith(UPLOADS + "/")) {
      throw new IllegalArgumentException(address + " is no upload's address");
    }
    return new Upload(requests, known, about);
  }

  private static String metadata(String fileName, NewVideo about) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("filename", fileName);
    fields.putAll(about.fields());
    StringBuilder header = new StringBuilder();
    fields.forEach(
        (name, value) -> {
          String pair = name + " " + Base64.getEncoder().encodeToString(value.getBytes(UTF_8));
          if (header.length() + pair.length() < MOST_CHARACTERS) {
            header.append(header.isEmpty() ? "" : ",").append(pair);
          }
        });
    return header.toString();
  }

  /// Uploads something in one request: the least ado for what is small. When the connection breaks
  /// all of it is sent again.
  public Video post(Source source, NewVideo about, Progress progress) throws IOException {
    Piece all = new Piece(source, 0, source.sizeBytes(), progress);
    Call call =
        Call.of("POST", API + "/videos" + query(source.name(), about))
            .header("Content-Type", "application/octet-stream")
            .body(all::publisher)
            .watchedBy(all::moves)
            .once();
    try {
      return Upload.described(requests, requests.ask(call, Video.class), about);
    } catch (TritonTubeException e) {
      all.requireRead();
      throw e;
    }
  }

  /// What has no room is told afterwards.
  private static String query(String fileName, NewVideo about) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("title", fileName.replaceFirst("(?<=.)\\.[^.]*$", ""));
    about
        .fields()
        .forEach(
            (name, value) -> {
              String before = parameters.put(name, value);
              if (Call.query(parameters).length() > MOST_CHARACTERS) {
                parameters.remove(name, value);
                if (before != null) {
                  parameters.put(name, before);
                }
              }
            });
    return Call.query(parameters);
  }
}
