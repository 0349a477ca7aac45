package dev.tritontube.node.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

final class EngineRulesTest {
  @Test
  void theEngineKnowsNoWireAndNoMetrics() {
    noClasses()
        .that()
        .resideInAPackage("dev.tritontube.node.engine")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.grpc..",
            "com.google.protobuf..",
            "dev.tritontube.proto..",
            "io.micrometer..",
            "dev.tritontube.node",
            "dev.tritontube.node.grpc..",
            "dev.tritontube.node.membership..",
            "dev.tritontube.node.replication..")
        .check(new ClassFileImporter().importPackages("dev.tritontube.node.engine"));
  }
}
