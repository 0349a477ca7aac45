package dev.tritontube.conformance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class DependencyRulesTest {
  /// Who checks must not know how it is made.
  @Test
  void knowsBoxesAndNothingElseOfOurs() {
    classes()
        .that()
        .resideInAPackage("dev.tritontube.conformance")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.tritontube.conformance",
            "dev.tritontube.manifests.mp4",
            "dev.tritontube.manifests.presentation",
            "com.fasterxml.jackson..",
            "java..",
            "javax.xml..",
            "org.w3c.dom..",
            "org.xml.sax..",
            "org.jspecify..")
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.tritontube.conformance"));
  }
}
