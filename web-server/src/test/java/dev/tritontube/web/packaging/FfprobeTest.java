package dev.tritontube.web.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is made of programs that end in the middle.
class FfprobeTest {
  @TempDir Path folder;

  @Test
  void aFileThatItDiesOfIsCorrupt() throws Exception {
    MediaException refused = assertThrows(MediaException.class, () -> list("exit 1"));
    assertEquals(MediaException.Code.CORRUPT_MEDIA, refused.code());
  }

  @Test
  void anEndWithoutAReasonIsTriedAgain() {
    assertThrows(IOException.class, () -> list("exit 0"));
  }

  private void list(String end) throws Exception {
    Path program = folder.resolve("program");
    Files.writeString(
        program, "#!/bin/sh\nprintf '{ \"packets\": [ { \"pts\": 1 }, {'\n" + end + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    try (SourceRelay relay = new SourceRelay()) {
      Source source = new Source(relay.lend(new BytesOriginal(new byte[0])), Container.MATROSKA);
      new Ffprobe(program, new ToolRunner(Confinement.withoutSandbox("not in this test")))
          .headersAndPackets(source, Ffprobe.EVERYTHING, new Cancellation());
    }
  }
}
