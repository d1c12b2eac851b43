package dev.sluice.acceptance;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** Tests that need a lab of another kind, so that no other lab may be up in this JVM. All of them are long. */
@Suite(failIfNoTests = false)
@SelectClasses(SystemdNodeIT.class)
class SystemdNodeSuite {}
