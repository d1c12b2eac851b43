package dev.sluice.lab.droplets;

import dev.sluice.lab.images.LabImage;
import java.util.concurrent.Callable;

/**
 * What an action will do to a droplet; nothing about it can be refused any more.
 *
 * @param work what is done to the machine
 * @param effect what the API shows once it is done
 * @param image what the machine is made from, which may not go before the work is done
 */
record PlannedDropletAction(String type, Callable<?> work, Runnable effect, LabImage image) {}
