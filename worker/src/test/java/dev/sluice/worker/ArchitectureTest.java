package dev.sluice.worker;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.sluice.workflows.runbook.Runbooks;

@AnalyzeClasses(packages = "dev.sluice.worker", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule usesOnlyTheListOfRunbooks = noClasses()
            .should()
            .dependOnClassesThat(
                    resideInAPackage("dev.sluice.workflows.runbook..").and(not(belongToAnyOf(Runbooks.class))));

    @ArchTest
    static final ArchRule clientsOfTheOutsideStayInActivities = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "com.jcraft..", "com.myjeeva..", "org.apache.http..", "org.apache.velocity..", "org.xbill..");

    @ArchTest
    static final ArchRule onlyWiringUsesImplementationsOfActivities = noClasses()
            .that()
            .doNotHaveSimpleName("ActivityWiring")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.sluice.activities.cloud..", "dev.sluice.activities.membership..");
}
