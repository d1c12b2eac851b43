/** The terms that every resource of the API uses: operations, requests, responses, errors and pages. */
@NullMarked
package dev.sluice.lab.api;

import org.jspecify.annotations.NullMarked;
