package dev.edit.generator.messaging;

/** The stages' names, and those of the channels in the configuration. */
public final class Channels {
  public static final String ANNOTATE = "annotate";
  public static final String RECTIFY = "rectify";
  public static final String CORRUPT = "corrupt";
  public static final String EXEMPLARS = "exemplars";

  private Channels() {}
}
