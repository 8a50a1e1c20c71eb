/**
 * Folders of files (checkpoints, models) that are published under a name and fetched by their
 * address, from a local folder, a mounted volume or an S3-compatible store.
 *
 * <p>How to use it:
 *
 * <pre>{@code
 * try (Artifacts artifacts = new Artifacts(S3Settings.DEFAULT, cacheFolder)) {
 *   ArtifactStore store = artifacts.store("s3://bucket/checkpoints"); // or "/pvc/checkpoints", "file:/pvc/checkpoints"
 *   String uri = store.publish("run-7/sft", folder);                  // goes into Checkpoint.uri
 *   Path local = artifacts.fetch(uri, Trust.VERIFIED);                // what Student.load takes
 * }
 * }</pre>
 *
 * <p>An artifact is complete when its {@code manifest.json} is there, which is written last and
 * holds {@code {"files": {name: SHA-256}}} among whatever else its writer says. A folder that comes
 * without one gets one. Access keys are found as the AWS SDK finds them ({@code AWS_ACCESS_KEY_ID}
 * and {@code AWS_SECRET_ACCESS_KEY} in the environment, a web identity, an instance's role) and are
 * no concern of this package.
 */
package dev.edit.artifacts;
