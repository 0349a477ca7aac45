package dev.tritontube.admin;

import dev.tritontube.client.NewVideo;
import dev.tritontube.client.Progress;
import dev.tritontube.client.Source;
import dev.tritontube.client.TritonTubeException.Refused;
import dev.tritontube.client.Upload;
import dev.tritontube.client.Uploads;
import dev.tritontube.client.Video;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/// The upload of one file, which goes on where an earlier command broke off.
///
/// @param checksum whether a SHA-256 goes with each piece
record FileUpload(Uploads uploads, Source source, NewVideo about, boolean checksum) {
  /// @param kept knows of the earlier command, and keeps what a later one needs
  Video send(KeptUploads.Kept kept, Progress progress, Answers answers) throws IOException {
    Optional<URI> begun = kept.address();
    Video video =
        begun.isPresent() ? resumed(begun.get(), kept, progress, answers) : anew(kept, progress);
    kept.forget();
    return video;
  }

  private Video anew(KeptUploads.Kept kept, Progress progress) throws IOException {
    Upload upload = uploads.begin(source, about);
    kept.keep(upload.address());
    return send(upload, progress);
  }

  private Video resumed(URI address, KeptUploads.Kept kept, Progress progress, Answers answers)
      throws IOException {
    try {
      return send(uploads.resume(address, about), progress);
    } catch (Refused e) {
      if (e.status() != 404 && e.status() != 410) {
        throw e;
      }
      answers.remark("the upload that was begun is gone: begins anew");
      return anew(kept, progress);
    }
  }

  private Video send(Upload upload, Progress progress) throws IOException {
    return (checksum ? upload.checked() : upload).send(source, progress);
  }
}
