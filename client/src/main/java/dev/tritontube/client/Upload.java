package dev.tritontube.client;

import dev.tritontube.client.TritonTubeException.Refused;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// An upload that goes on where it was (tus 1.0), whichever program began it. For one thread.
///
/// It is sent in pieces: an error that ends the upload early is then seen, while one that comes in
/// the middle of a long request is lost when the server hangs up.
public final class Upload {
  /// Two blobs of the server, and what it reads and drops of a request that it refuses.
  static final int PIECE_BYTES = 16 << 20;

  static final int FIRST_BYTES = 256 << 10;

  private final Requests requests;
  private final URI address;
  private final NewVideo about;
  private boolean checked;

  Upload(Requests requests, URI address, NewVideo about) {
    this.requests = requests;
    this.address = address;
    this.about = about;
  }

  /// How far an upload is.
  ///
  /// @param offset bytes that the server keeps, whatever crashes
  /// @param length of the whole; null: not told yet
  /// @param expiresAt until when it waits for its next byte
  /// @param video what became of it; null before the last byte
  public record Status(
      String id,
      State state,
      long offset,
      @Nullable Long length,
      Instant expiresAt,
      @Nullable Made video) {}

  /// Whether it goes on.
  public enum State {
    OPEN,
    DONE,
    GONE,
    /// A word of a newer server.
    OTHER
  }

  /// The video of an upload.
  public record Made(String id) {}

  /// Where the upload is, to be kept and given to [Uploads#resume].
  public URI address() {
    return address;
  }

  /// From now on a SHA-256 goes with each piece, against faults of the line that TCP and TLS let
  /// through. A piece that breaks off is then sent again from its beginning.
  public Upload checked() {
    checked = true;
    return this;
  }

  /// How far it is.
  ///
  /// @throws Refused 404, 410 when it expired or was given up
  public Status status() {
    return requests.ask(Call.get(address.getPath()), Status.class);
  }

  /// Gives the upload up; its bytes are deleted.
  ///
  /// @throws Refused 409 `upload_done`
  public void cancel() {
    requests.send(tus(Call.delete(address.getPath())));
  }

  /// Sends what is lacking, and waits for the video to be made of it, not for it to be encoded.
  ///
  /// @param source the same bytes as before
  /// @throws IllegalArgumentException when it has another size than the upload
  /// @throws IOException when the source cannot be read
  /// @throws Refused 404, 410 when the upload expired: begin another one; 415, 507, and others
  public Video send(Source source, Progress progress) throws IOException {
    long size = source.sizeBytes();
    Attempts attempts = requests.attempts();
    long offset = offset(size);
    while (offset < size) {
      progress.at(offset, size);
      long before = offset;
      try {
        int most = before == 0 ? FIRST_BYTES : PIECE_BYTES;
        offset = sendPiece(source, before, Math.min(most, size - before), progress);
      } catch (TritonTubeException e) {
        attempts.pauseAfter(e, Upload::mayGoOn);
        offset = offset(size);
      }
      if (offset > before) {
        attempts.succeeded();
      }
    }
    progress.at(size, size);
    return described(requests, video(size), about);
  }

  private static boolean mayGoOn(TritonTubeException failure) {
    boolean elsewhere =
        failure instanceof Refused refused
            && switch (refused.code()) {
              case "wrong_offset", "checksum_mismatch", "incomplete", "internal" -> true;
              default -> false;
            };
    return elsewhere || Attempts.IF_TEMPORARY.test(failure);
  }

  /// @return the offset that the server has by then
  private long sendPiece(Source source, long offset, long length, Progress progress)
      throws IOException {
    Piece piece = new Piece(source, offset, length, progress);
    Call call =
        tus(Call.of("PATCH", address.getPath()))
            .header("Content-Type", "application/offset+octet-stream")
            .header("Upload-Offset", Long.toString(offset))
            .body(piece::publisher)
            .watchedBy(piece::moves);
    if (checked) {
      call.header(
          "Upload-Checksum", "sha256 " + Base64.getEncoder().encodeToString(piece.sha256()));
    }
    try {
      return number(requests.sendOnce(call), "Upload-Offset");
    } catch (TritonTubeException e) {
      piece.requireRead();
      throw e;
    }
  }

  /// Asks the server; ends what an older request still sends.
  private long offset(long size) {
    HttpResponse<byte[]> answer = head();
    long length = number(answer, "Upload-Length");
    if (length != size) {
      throw new IllegalArgumentException(
          "the upload is of %d bytes, the source has %d".formatted(length, size));
    }
    return number(answer, "Upload-Offset");
  }

  private HttpResponse<byte[]> head() {
    try {
      return requests.send(tus(Call.of("HEAD", address.getPath())));
    } catch (Refused e) {
      status(); // The answer to HEAD has no room for why.
      throw e;
    }
  }

  private static long number(HttpResponse<byte[]> answer, String header) {
    return answer
        .headers()
        .firstValue(header)
        .filter(text -> text.matches("\\d{1,18}"))
        .map(Long::parseLong)
        .orElseThrow(
            () ->
                new Refused(
                    answer.statusCode(), "unexpected", "an upload has no " + header, "", null));
  }

  private Video video(long size) {
    Made made = status().video();
    if (made == null) {
      offset(size); // A server that died before it could make the video left that to the next one.
      made = status().video();
    }
    if (made == null) {
      throw new Refused(200, "unexpected", "no video was made of " + address, "", null);
    }
    return new Videos(requests).one(made.id());
  }

  /// The video as it is to be.
  static Video described(Requests requests, Video video, NewVideo about) {
    VideoEdit lacking = about.lackingOf(video);
    return lacking.isEmpty() ? video : new Videos(requests).edit(video.id(), lacking);
  }

  static Call tus(Call call) {
    return call.header("Tus-Resumable", "1.0.0");
  }
}
