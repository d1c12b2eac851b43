/** What an account may do: settings, keys, sizes, actions and the work behind them. */
@NullMarked
package dev.sluice.lab.account;

import org.jspecify.annotations.NullMarked;
