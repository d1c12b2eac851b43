package dev.sluice.lab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.sluice.lab", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.sluice.lab.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheCloudKnowsAllResources = noClasses()
            .that()
            .resideInAnyPackage("..lab.server..", "..lab.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..lab.droplets..", "..lab.images..", "..lab.tags..", "..lab.network..", "..lab.domains..");

    @ArchTest
    static final ArchRule noResourceKnowsHttpOrABackend = noClasses()
            .that()
            .resideInAnyPackage(
                    "..lab.api..",
                    "..lab.account..",
                    "..lab.droplets..",
                    "..lab.images..",
                    "..lab.tags..",
                    "..lab.network..",
                    "..lab.domains..",
                    "..lab.cloud..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.sun.net.httpserver..", "..lab.memory..", "..lab.namespaces..");

    @ArchTest
    static final ArchRule noFieldIsPublicUnlessItIsAConstant =
            fields().that().arePublic().should().beStatic().andShould().beFinal();
}
