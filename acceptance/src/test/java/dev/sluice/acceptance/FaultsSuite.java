package dev.sluice.acceptance;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/**
 * What goes wrong around an operator; has a lab of its own, beside {@link MainJobSuite}. They run in the order of their names:
 * {@code WatchIT} changes the cluster file, which whoever came after it would have to accept.
 */
@Suite
@SelectClasses({
    CancelIT.class,
    CloudFaultIT.class,
    EnduranceIT.class,
    FalseAlarmIT.class,
    KillIT.class,
    LeftoverIT.class,
    OutageIT.class,
    ProxyFaultIT.class,
    RebootIT.class,
    SshCutIT.class,
    TrustIT.class,
    WatchIT.class,
    ZNoSecretIsToldIT.class,
    ZNoTemporalDatabaseIT.class,
    ZNothingIsLeftIT.class
})
class FaultsSuite {}
