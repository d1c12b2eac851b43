/** The account: settings, regions, SSH keys, projects, actions and the deferred work behind them. */
@NullMarked
package dev.sluice.lab.account;

import org.jspecify.annotations.NullMarked;
