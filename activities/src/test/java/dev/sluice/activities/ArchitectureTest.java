package dev.sluice.activities;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.sluice.activities", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule onlyCloudClientUsesDigitalOceansClient =
            only("..activities.cloud.client..", "com.myjeeva..", "org.apache.http..");

    @ArchTest
    static final ArchRule onlySshUsesJsch = only("..activities.ssh..", "com.jcraft..");

    @ArchTest
    static final ArchRule onlyTemplateUsesVelocity = only("..activities.template..", "org.apache.velocity..");

    @ArchTest
    static final ArchRule onlyDnsUsesItsResolver = only("..activities.dns..", "org.xbill..");

    @ArchTest
    static final ArchRule onlyHeartbeatUsesTheActivityContext =
            only("..activities.heartbeat..", "io.temporal.activity..");

    @ArchTest
    static final ArchRule noActivityUsesRunbooksOrSpring = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..workflows.runbook..", "org.springframework..", "io.temporal.workflow..");

    @ArchTest
    static final ArchRule portsUseNoOtherPackage = alone("..activities.cloud.api");

    @ArchTest
    static final ArchRule pollUsesNoOtherPackage = alone("..activities.poll");

    @ArchTest
    static final ArchRule heartbeatUsesNoOtherPackage = alone("..activities.heartbeat");

    @ArchTest
    static final ArchRule secretUsesNoOtherPackage = alone("..activities.secret");

    @ArchTest
    static final ArchRule conversationUsesNoOtherPackage = alone("..activities.conversation");

    @ArchTest
    static final ArchRule probeUsesOnlyConversations = noClasses()
            .that()
            .resideInAPackage("..activities.probe")
            .should()
            .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("dev.sluice.activities..")
                    .and(JavaClass.Predicates.resideOutsideOfPackages(
                            "..activities.probe", "..activities.conversation")));

    /** Whoever opens a socket by himself has no deadline for the whole exchange. */
    @ArchTest
    static final ArchRule onlyConversationsOpenSockets = noClasses()
            .that()
            .resideOutsideOfPackage("..activities.conversation")
            .should()
            .callConstructorWhere(JavaCall.Predicates.target(
                    HasOwner.Predicates.With.owner(JavaClass.Predicates.type(java.net.Socket.class))))
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.net.HttpURLConnection")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.nio.channels.SocketChannel")
            .orShould()
            .callMethod(
                    java.net.http.HttpClient.class,
                    "send",
                    java.net.http.HttpRequest.class,
                    java.net.http.HttpResponse.BodyHandler.class)
            .orShould()
            .callMethod(
                    java.net.http.HttpClient.class,
                    "sendAsync",
                    java.net.http.HttpRequest.class,
                    java.net.http.HttpResponse.BodyHandler.class);

    @ArchTest
    static final ArchRule implementationsAreNamedActivities = classes()
            .that(DescribedPredicate.describe(
                    "implement an interface of activities",
                    type -> type.getRawInterfaces().stream().anyMatch(ArchitectureTest::isActivityInterface)))
            .should()
            .haveSimpleNameEndingWith("Activities");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.sluice.activities.(**)").should().beFreeOfCycles();

    private static boolean isActivityInterface(JavaClass type) {
        return type.isAnnotatedWith("io.temporal.activity.ActivityInterface");
    }

    private static ArchRule only(String user, String... used) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(user)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(used);
    }

    private static ArchRule alone(String room) {
        return noClasses()
                .that()
                .resideInAPackage(room)
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("dev.sluice.activities..")
                        .and(JavaClass.Predicates.resideOutsideOfPackage(room)));
    }
}
