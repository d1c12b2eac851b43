package dev.sluice.acceptance;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** What needs a lab of another kind, so that no other lab may be up in its JVM; all of it is long. */
@Suite(failIfNoTests = false)
@SelectClasses(SystemdNodeIT.class)
class SystemdNodeSuite {}
