package dev.sluice.acceptance;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** The work of an operator, from an empty account to an empty account, in a lab of its own. */
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
