package dev.sluice.starter.watch;

import dev.sluice.starter.text.RunView;

/** Shows how a run goes on. */
interface ProgressDisplay {
    void show(RunView view);

    /** Something besides the steps, said once. */
    void note(String sentence);

    /** Ends the showing; what is on the screen stays. */
    void end();
}
