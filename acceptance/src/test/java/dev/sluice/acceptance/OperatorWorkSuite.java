package dev.sluice.acceptance;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** What an operator does, from an empty account to an empty account; has a lab of its own. */
@Suite
@SelectClasses({
    EmptyAccountIT.class,
    DeployBenchmarkIT.class,
    DeployNodeIT.class,
    InstalledTarballIT.class,
    DoctorCommandIT.class,
    RefusedCommandIT.class,
    ChangeApprovalIT.class,
    WebUiIT.class,
    NoSecretLeakIT.class,
    NothingLeftIT.class
})
class OperatorWorkSuite {}
