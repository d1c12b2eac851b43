package dev.sluice.starter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.sluice.starter", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule theCommandLineDependsOnNoImplementation = noClasses()
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
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.sluice.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule textDependsOnValuesOnly = classes()
            .that()
            .resideInAPackage("..starter.text")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.sluice.starter.text",
                    "dev.sluice.starter.run",
                    "dev.sluice.workflows..",
                    "java..",
                    "org.jspecify.annotations");
}
