package dev.sluice.lab.droplets;

import dev.sluice.lab.images.LabImage;
import java.util.concurrent.Callable;

/**
 * A validated action on a droplet.
 *
 * @param work changes the machine
 * @param effect changes what the API shows once the work has succeeded
 * @param image the image that the work needs; it stays until the work has ended
 */
record PlannedDropletAction(String type, Callable<?> work, Runnable effect, LabImage image) {}
