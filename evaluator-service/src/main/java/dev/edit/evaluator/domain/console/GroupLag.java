package dev.edit.evaluator.domain.console;

/**
 * How far a consumer group is behind on a topic.
 *
 * @param group the group's name
 * @param topic the topic
 * @param lag offsets between what is committed and the end, over all partitions; markers of
 *     transactions count, so that a group that has read everything may show a few
 */
public record GroupLag(String group, String topic, long lag) {}
