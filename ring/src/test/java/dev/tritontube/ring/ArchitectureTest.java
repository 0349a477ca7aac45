package dev.tritontube.ring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/// The ring knows the JDK and guava, no I/O, no clock, no threads and no randomness.
class ArchitectureTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.tritontube.ring");

  @Test
  void dependsOnTheJdkAndGuavaOnly() {
    ArchRuleDefinition.classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.tritontube.ring",
            "java.lang..",
            "java.math",
            "java.nio",
            "java.nio.charset",
            "java.util",
            "java.util.function",
            "java.util.regex",
            "java.util.stream",
            "java.util.zip",
            "com.google.common..",
            "org.jspecify.annotations")
        .check(MAIN);
  }

  @Test
  void hasNoThreadsNoClockAndNoRandomness() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(
            Thread.class,
            Process.class,
            Clock.class,
            Instant.class,
            Random.class,
            SplittableRandom.class,
            ThreadLocalRandom.class)
        .check(MAIN);
    noClasses().should().callMethod(System.class, "nanoTime").check(MAIN);
    noClasses().should().callMethod(System.class, "currentTimeMillis").check(MAIN);
    noClasses().should().callMethod(Math.class, "log", double.class).check(MAIN);
  }
}
