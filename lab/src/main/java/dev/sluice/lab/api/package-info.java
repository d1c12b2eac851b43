/** DigitalOcean's API v2 over HTTP: what it knows ({@link dev.sluice.lab.api.LabCloud}) and how it speaks ({@link dev.sluice.lab.api.LabServer}). */
@NullMarked
package dev.sluice.lab.api;

import org.jspecify.annotations.NullMarked;
