package dev.edit.simulatedteacher.domain;

/**
 * What of a request makes one draw differ from another.
 *
 * @param temperature the request's temperature
 * @param seed the request's seed, as text; empty where it has none
 * @param choice which of the request's n choices, from 0
 */
public record Sampling(double temperature, String seed, int choice) {}
