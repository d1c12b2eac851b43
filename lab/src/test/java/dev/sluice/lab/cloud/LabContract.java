package dev.sluice.lab.cloud;

import dev.sluice.lab.account.LabSettings;
import java.util.function.Consumer;

/** What a contract needs from whoever runs it. */
interface LabContract {
    /** Marks what real machines could not do otherwise: with them it is run only in {@code ./verify --long}. */
    String API_ONLY = "api-only";

    /** A fresh lab with these settings, closed by whoever made it. */
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
