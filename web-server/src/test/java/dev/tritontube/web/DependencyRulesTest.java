package dev.tritontube.web;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DependencyRulesTest {
  private static JavaClasses classes;

  @BeforeAll
  static void read() {
    classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.tritontube.web");
  }

  @Test
  void httpIsKnownToRoutesAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..web.http..")
        .and()
        .haveSimpleNameNotEndingWith("Routes")
        .and()
        .doNotHaveFullyQualifiedName("dev.tritontube.web.playback.ContentAnswer")
        .and()
        .doNotHaveFullyQualifiedName("dev.tritontube.web.playback.Manifests")
        .and()
        .doNotHaveFullyQualifiedName("dev.tritontube.web.videos.VideoAccess")
        .and()
        .doNotHaveFullyQualifiedName("dev.tritontube.web.accounts.Callers")
        .and()
        .doNotHaveFullyQualifiedName("dev.tritontube.web.RunningWeb")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.javalin..")
        .check(classes);
  }

  @Test
  void grpcIsKnownToAdaptersAndClientsAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackages("..web.blobs..", "..web.cluster..", "..web.admin..")
        .and()
        .doNotHaveFullyQualifiedName("dev.tritontube.web.RunningWeb")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.grpc..")
        .check(classes);
  }

  @Test
  void sqlIsKnownToStoresAlone() {
    noClasses()
        .that()
        .haveNameNotMatching(".*(Store|Database|OneWriter|KeptStatements)(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.sql..")
        .check(classes);
  }

  @Test
  void onlyPackagingStartsPrograms() {
    noClasses()
        .that()
        .resideOutsideOfPackages("..web.packaging..", "..web.sandbox..")
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(ProcessBuilder.class, Process.class, ProcessHandle.class)
        .check(classes);
  }

  @Test
  void featuresFormNoCycles() {
    slices().matching("dev.tritontube.web.(*)..").should().beFreeOfCycles().check(classes);
  }

  @Test
  void httpKnowsNoFeature() {
    noClasses()
        .that()
        .resideInAPackage("..web.http..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "..web.catalog..",
            "..web.accounts..",
            "..web.auth..",
            "..web.uploads..",
            "..web.videos..",
            "..web.playback..",
            "..web.packaging..",
            "..web.cluster..")
        .check(classes);
  }
}
