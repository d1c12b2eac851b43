package dev.sluice.workflows;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.sluice.workflows.runbook.Runbooks;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

@AnalyzeClasses(packages = "dev.sluice.workflows", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule modelKnowsNothingOfTemporal = noClasses()
            .that()
            .resideInAPackage("..model..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.temporal..", "..workflows.activity..", "..workflows.runbook..");

    @ArchTest
    static final ArchRule activitiesKnowNothingOfRunbooks = noClasses()
            .that()
            .resideInAPackage("..activity..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..runbook..");

    @ArchTest
    static final ArchRule whatCanBeAskedIsReadableWithoutTheRunbooks = noClasses()
            .that()
            .resideInAPackage("dev.sluice.workflows")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..runbook..");

    @ArchTest
    static final ArchRule modelIsImmutable =
            classes().that().resideInAPackage("..model..").should().haveOnlyFinalFields();

    @ArchTest
    static final ArchRule runbooksAreDeterministic = noClasses()
            .that()
            .resideInAPackage("..runbook..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.io..",
                    "java.net..",
                    "java.nio..",
                    "java.util.concurrent..",
                    "java.util.random..",
                    "java.security..")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class);

    @ArchTest
    static final ArchRule runbooksReachTemporalOnlyThroughTheirContext = noClasses()
            .that()
            .resideInAPackage("..runbook..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.temporal.client..")
            .orShould()
            .dependOnClassesThat()
            .haveSimpleName("ClusterSchedules");

    @ArchTest
    static final ArchRule modelHasNoCircles =
            slices().matching("dev.sluice.workflows.model.(*)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule runbooksHaveNoCircles =
            slices().matching("dev.sluice.workflows.runbook.(*)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packagesHaveNoCircles =
            slices().matching("dev.sluice.workflows.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheListOfRunbooksIsReachedFromOutside = noClasses()
            .that()
            .resideOutsideOfPackage("..runbook..")
            .should()
            .dependOnClassesThat(resideInAPackage("..runbook..").and(not(equivalentTo(Runbooks.class))));
}
