package dev.sluice.acceptance;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** README's commands start and stop a lab, so that no other lab may be up in this JVM. All tests are long. */
@Suite(failIfNoTests = false)
@SelectClasses(DocumentedCommandsIT.class)
class DocumentedCommandsSuite {}
