package dev.tritontube.node;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final String NODE = "dev.tritontube.node";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(NODE);

  @Test
  void grpcStaysInItsAdaptersAndClients() {
    noClasses()
        .that()
        .resideOutsideOfPackages(NODE + ".grpc", NODE + ".peers")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.grpc..", "dev.tritontube.proto..")
        .check(CLASSES);
  }

  @Test
  void theEngineKnowsNoNetworkAndNoPeers() {
    classes()
        .that()
        .resideInAPackage(NODE + ".engine")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            NODE + ".engine",
            "dev.tritontube.ring",
            "java..",
            "com.sun.nio.file..",
            "com.google.common..",
            "org.slf4j..",
            "org.jspecify..")
        .check(CLASSES);
  }

  @Test
  void theNodeDoesNotKnowTheWebServer() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.tritontube.web..", "dev.tritontube.admin..")
        .check(CLASSES);
  }

  @Test
  void onlyTheCompositionRootReachesEverything() {
    noClasses()
        .that()
        .resideInAnyPackage(NODE + ".membership", NODE + ".peers", NODE + ".engine")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(NODE, NODE + ".grpc", NODE + ".replication", NODE + ".metrics")
        .check(CLASSES);
  }
}
