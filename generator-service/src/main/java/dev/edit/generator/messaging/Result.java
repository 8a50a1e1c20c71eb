package dev.edit.generator.messaging;

import java.util.Optional;

/**
 * How the work on a record ended.
 *
 * @param output what to publish; a record may give nothing
 * @param tally counts it in the metrics, once it is committed
 */
record Result(Optional<Output> output, Runnable tally) {}
