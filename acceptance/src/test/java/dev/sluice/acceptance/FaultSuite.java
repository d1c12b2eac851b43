package dev.sluice.acceptance;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/**
 * What goes wrong around an operator; has a lab of its own, beside {@link OperatorWorkSuite}. The tests run by {@code @Order}:
 * {@code ExpiryWatchIT} changes the cluster file, which whoever came after it would have to accept.
 */
@Suite
@SelectClasses({
    MemberFaultIT.class,
    CancelDeployIT.class,
    CloudFaultIT.class,
    LongRunningClusterIT.class,
    GateUnderLoadIT.class,
    WorkerKillIT.class,
    TerminatedRunIT.class,
    ResetRunsIT.class,
    TemporalOutageIT.class,
    EmergencyIT.class,
    ProxyFaultIT.class,
    ProxyRebootIT.class,
    CheckClusterIT.class,
    SshOutageIT.class,
    WorkerCredentialsIT.class,
    ExpiryWatchIT.class,
    NoSecretLeakIT.class,
    TemporalDatabaseLossIT.class,
    NothingLeftIT.class
})
class FaultSuite {}
