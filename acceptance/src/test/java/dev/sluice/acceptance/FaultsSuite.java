package dev.sluice.acceptance;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** What goes wrong around an operator; has a lab of its own, beside {@link MainJobSuite}. */
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
    WorkerIT.class,
    WatchIT.class, // changes the cluster file, which others would have to accept
    ZNoSecretIsToldIT.class,
    ZNoTemporalDatabaseIT.class,
    ZNothingIsLeftIT.class
})
class FaultsSuite {}
