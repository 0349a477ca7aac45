package dev.tritontube.node.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFolderTest {
  @TempDir private Path folder;

  @Test
  void keepsItsIdentity() throws IOException {
    Identity made;
    try (DataFolder data = DataFolder.open(folder)) {
      made = data.identity();
      assertEquals("", made.cluster());
      data.adoptCluster("c1");
      data.adoptCluster("c1");
    }
    try (DataFolder data = DataFolder.open(folder)) {
      assertEquals(new Identity(made.node(), "c1"), data.identity());
      assertThrows(UnusableFolderException.class, () -> data.adoptCluster("c2"));
    }
  }

  @Test
  void isUsedByOneAtATime() throws IOException {
    DataFolder data = DataFolder.open(folder);
    assertThrows(FolderInUseException.class, () -> DataFolder.open(folder));
    data.close();
    DataFolder.open(folder).close();
  }

  @Test
  void refusesANewerFormatAndADamagedIdentity() throws IOException {
    DataFolder.open(folder).close();
    Path identity = folder.resolve(Identity.FILE);
    String good = Files.readString(identity);
    Files.writeString(identity, good.replace("format=1", "format=2"));
    assertThrows(UnusableFolderException.class, () -> DataFolder.open(folder));
    Files.writeString(identity, good.replace("cluster=", "cluster=x"));
    assertThrows(UnusableFolderException.class, () -> DataFolder.open(folder));
  }
}
