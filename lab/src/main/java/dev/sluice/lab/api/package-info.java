/** DigitalOcean's API v2 over HTTP: what it knows ({@link dev.sluice.lab.cloud.LabCloud}) and how it speaks ({@link dev.sluice.lab.cloud.LabServer}). */
@NullMarked
package dev.sluice.lab.api;

import org.jspecify.annotations.NullMarked;
