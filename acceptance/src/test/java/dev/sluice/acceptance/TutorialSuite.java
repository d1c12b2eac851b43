package dev.sluice.acceptance;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** An operator's first hour, in a lab that its own script starts: when another suite's lab has gone, not beside two. */
@Suite
@SelectClasses(TutorialWalkthroughIT.class)
class TutorialSuite {}
