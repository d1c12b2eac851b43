package dev.sluice.acceptance;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** An operator's first hour, in a lab that its own script starts, once a lab of another suite has stopped. */
@Suite
@SelectClasses(TutorialWalkthroughIT.class)
class TutorialSuite {}
