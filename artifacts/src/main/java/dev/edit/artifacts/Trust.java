package dev.edit.artifacts;

/** What must be true of an artifact that is fetched. */
public enum Trust {
  /** It has a manifest, and every file has the digest that stands there: checkpoints. */
  VERIFIED,
  /** Where it has no manifest, it is taken as it is: models that somebody else put there. */
  AS_IS
}
