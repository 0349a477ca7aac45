package dev.tritontube.web.uploads;

import java.io.IOException;

/// A request's body that has a file in it.
public sealed interface UploadBody permits RawBody, MultipartBody {
  /// How many bytes the file has at least; 0 when that is not known.
  long leastBytes();

  /// Reads the body to its end, the file into the reception.
  ///
  /// @return what came with the file
  FormFields readInto(Reception reception) throws IOException;
}
