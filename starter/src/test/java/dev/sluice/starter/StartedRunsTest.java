package dev.sluice.starter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.sluice.workflows.RunOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.workflow.ChildWorkflowOptions;

/** Over both modules that start runs: the command line here, and the workflows. */
@AnalyzeClasses(
        packages = {"dev.sluice.starter", "dev.sluice.workflows"},
        importOptions = DoNotIncludeTests.class)
class StartedRunsTest {
    /** Each run has the same time for a decision: a worker that dies over one costs no more. */
    @ArchTest
    static final ArchRule everyRunStartsWithTheCommonOptions = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(RunOptions.class.getName())
            .should()
            .callMethod(WorkflowOptions.class, "newBuilder")
            .orShould()
            .callMethod(ChildWorkflowOptions.class, "newBuilder");
}
