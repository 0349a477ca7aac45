package dev.tritontube.conformance;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class DependencyRulesTest {
  /// Who checks must not know how it is made.
  @Test
  void knowsBoxesAndManifestsAndNothingElseOfOurs() {
    expectOnly(
        "dev.tritontube.conformance",
        "dev.tritontube.dash",
        "dev.tritontube.hls",
        "dev.tritontube.manifests.mp4",
        "dev.tritontube.manifests.presentation",
        "com.fasterxml.jackson..",
        "java..",
        "javax.imageio..",
        "javax.xml..",
        "org.w3c.dom..",
        "org.xml.sax..",
        "org.jspecify..");
  }

  @Test
  void readersOfManifestsKnowNeitherWhoMakesThemNorWhoReadsThem() {
    expectOnly(
        "dev.tritontube.dash",
        "dev.tritontube.manifests.presentation",
        "java..",
        "javax.xml..",
        "org.w3c.dom..",
        "org.xml.sax..",
        "org.jspecify..");
    expectOnly("dev.tritontube.hls", "java..", "org.jspecify..");
  }

  private static void expectOnly(String checked, String... others) {
    classes()
        .that()
        .resideInAPackage(checked)
        .should()
        .onlyDependOnClassesThat(resideInAPackage(checked).or(resideInAnyPackage(others)))
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(checked));
  }
}
