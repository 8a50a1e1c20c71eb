package dev.edit.aligner.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** The aligner's settings, {@code edit.aligner.*}. */
@ConfigMapping(prefix = "edit.aligner")
public interface AlignerConfig {

  /** The student's folder: {@code tokenizer.json} and {@code config.json} are read. */
  Path student();

  /** The alignment rule's name: it decides which of equally short alignments is taken. */
  @WithDefault("reference")
  String rule();

  /**
   * A pair less similar than this is no dual and goes to the dead letters. Of 78 real pairs of
   * BIG-Bench Hard the least similar has 0.33; right answers to questions of different tasks have
   * 0.16 or less in nine of ten cases.
   */
  @WithDefault("0.3")
  double minSimilarity();

  /** The most tokens of prompt and response together; a longer pair goes to the dead letters. */
  @WithDefault("1024")
  int maxLength();

  /** The most records of one transaction; what a transaction costs is shared by them. */
  @WithDefault("1000")
  int batchSize();

  /**
   * This worker's name; it must differ between workers that run at once and be the same after a
   * restart.
   */
  @WithDefault("${HOSTNAME:localhost}")
  String instance();
}
