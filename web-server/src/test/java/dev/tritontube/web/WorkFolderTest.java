package dev.tritontube.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {
  @TempDir private Path data;

  @Test
  void clearsWhatAProcessLeftThatWasKilled() throws IOException {
    Path all = data.resolve("work");
    Path pipes = Files.createDirectories(all.resolve("killed").resolve("encode-1"));
    Files.createFile(pipes.resolve("0.pipe"));

    try (WorkFolder work = WorkFolder.open(all, "mine")) {
      assertTrue(Files.isDirectory(work.path()));
      assertEquals(List.of(work.path()), folders(all));
    }
    try (Stream<Path> left = Files.list(all)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void leavesThoseOfLivingProcessesAlone() throws IOException {
    Path all = data.resolve("work");
    try (WorkFolder mine = WorkFolder.open(all, "mine");
        WorkFolder another = WorkFolder.open(all, "other")) {
      assertEquals(List.of(mine.path(), another.path()), folders(all));
    }
  }

  private static List<Path> folders(Path all) throws IOException {
    try (Stream<Path> there = Files.list(all)) {
      return there.filter(Files::isDirectory).sorted().toList();
    }
  }
}
