package dev.sluice.starter.watch;

import dev.sluice.starter.run.RunView;

/** Shows the progress of a run. */
interface ProgressDisplay {
    void show(RunView view);

    /** Shows a sentence besides the steps, once. */
    void note(String sentence);

    /** Ends the display; the lines on the screen stay. */
    void end();
}
