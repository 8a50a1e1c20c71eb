/**
 * Event records to JSON bytes and back: schema versions, unknown fields, and why a record was
 * refused.
 */
package dev.edit.contracts.codec;
