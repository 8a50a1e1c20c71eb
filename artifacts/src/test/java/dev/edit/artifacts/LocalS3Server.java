package dev.edit.artifacts;

import com.robothy.s3.rest.LocalS3;
import com.robothy.s3.rest.bootstrap.LocalS3Mode;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** An S3-compatible server in this JVM, with one bucket, and keys in the system properties. */
public final class LocalS3Server implements AutoCloseable {
  public static final String BUCKET = "models";

  private final LocalS3 server =
      LocalS3.builder().port(-1).mode(LocalS3Mode.IN_MEMORY).initialDataCacheEnabled(false).build();

  /** Starts it. */
  public LocalS3Server() {
    server.start();
    System.setProperty("aws.accessKeyId", "a");
    System.setProperty("aws.secretAccessKey", "b");
    try (S3Client client = client()) {
      client.createBucket(request -> request.bucket(BUCKET));
    }
  }

  /** How it is reached. */
  public S3Settings settings() {
    return S3Settings.of(URI.create("http://127.0.0.1:" + server.getPort()));
  }

  /** A client that knows nothing of artifacts. */
  S3Client client() {
    return S3Client.builder()
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .endpointOverride(settings().endpoint())
        .forcePathStyle(true)
        .region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
        .build();
  }

  @Override
  public void close() {
    server.shutdown();
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }
}
