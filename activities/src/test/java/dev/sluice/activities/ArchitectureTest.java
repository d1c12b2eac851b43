package dev.sluice.activities;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.sluice.activities", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule onlyCloudAndDnsKnowDigitalOceansClient =
            only(new String[] {"..activities.cloud..", "..activities.dns.."}, "com.myjeeva..", "org.apache.http..");

    @ArchTest
    static final ArchRule onlySshKnowsJsch = only(new String[] {"..activities.ssh.."}, "com.jcraft..");

    @ArchTest
    static final ArchRule onlyTemplateKnowsVelocity =
            only(new String[] {"..activities.template.."}, "org.apache.velocity..");

    @ArchTest
    static final ArchRule onlyDnsKnowsItsResolver = only(new String[] {"..activities.dns.."}, "org.xbill..");

    @ArchTest
    static final ArchRule onlyHeartbeatAsksWhichActivityThisIs = noClasses()
            .that()
            .resideOutsideOfPackage("..activities.heartbeat..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.temporal.activity.ActivityExecutionContext");

    @ArchTest
    static final ArchRule noStepKnowsTheRunbooksOrSpring = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..workflows.runbook..", "org.springframework..", "io.temporal.workflow..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.sluice.activities.(*)..").should().beFreeOfCycles();

    private static ArchRule only(String[] knowing, String... known) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(knowing)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(known);
    }
}
