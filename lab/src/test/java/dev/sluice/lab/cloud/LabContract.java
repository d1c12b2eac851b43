package dev.sluice.lab.cloud;

import dev.sluice.lab.account.LabSettings;
import java.util.function.Consumer;

/** The lab that a contract runs against. */
interface LabContract {
    /** Marks tests of the API alone: with real machines they run only in {@code ./verify --long}. */
    String API_ONLY = "api-only";

    /** Runs a test in a fresh lab with these settings, which is closed afterwards. */
    TestLab open(LabSettings settings);

    default void in(LabSettings settings, Consumer<TestLab> test) {
        try (TestLab lab = open(settings)) {
            test.accept(lab);
        }
    }

    default void in(Consumer<TestLab> test) {
        in(TestLab.settings(), test);
    }
}
