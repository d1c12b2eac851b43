package dev.sluice.acceptance;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** README's commands start a lab and end it, so no other may be up in its JVM; all of it is long. */
@Suite(failIfNoTests = false)
@SelectClasses(DocumentedCommandsIT.class)
class DocumentedCommandsSuite {}
