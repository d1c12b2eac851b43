package dev.sluice.starter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.sluice.starter", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule theCommandLineAsksAndNeverDoes = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..workflows.runbook..",
                    "dev.sluice.activities..",
                    "dev.sluice.worker..",
                    "org.springframework..",
                    "com.jcraft..",
                    "com.myjeeva..");

    @ArchTest
    static final ArchRule packagesBelowTheRootHaveNoCycles =
            slices().matching("dev.sluice.starter.(*)..").should().beFreeOfCycles();
}
