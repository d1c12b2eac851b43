package dev.sluice.acceptance;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** What an operator does, from an empty account to an empty account; has a lab of its own. */
@Suite
@SelectClasses({
    BeginningsIT.class,
    BenchmarkIT.class,
    DeployIT.class,
    DistributionIT.class,
    DoctorIT.class,
    RefusalIT.class,
    WaitForApprovalIT.class,
    WebUiIT.class,
    ZNoSecretIsToldIT.class,
    ZNothingIsLeftIT.class
})
class MainJobSuite {}
