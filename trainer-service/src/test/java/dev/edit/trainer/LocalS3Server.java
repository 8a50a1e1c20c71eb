package dev.edit.trainer;

import com.robothy.s3.rest.LocalS3;
import com.robothy.s3.rest.bootstrap.LocalS3Mode;
import dev.edit.artifacts.S3Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** An S3-compatible server in this JVM, with one bucket, and keys in the system properties. */
public final class LocalS3Server implements AutoCloseable {
  public static final String BUCKET = "runs";

  private final LocalS3 server =
      LocalS3.builder().port(-1).mode(LocalS3Mode.IN_MEMORY).initialDataCacheEnabled(false).build();

  /** Starts it. */
  public LocalS3Server() throws IOException {
    server.start();
    System.setProperty("aws.accessKeyId", "a");
    System.setProperty("aws.secretAccessKey", "b");
    HttpRequest create =
        HttpRequest.newBuilder(settings().endpoint().resolve("/" + BUCKET))
            .PUT(HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      HttpClient.newHttpClient().send(create, HttpResponse.BodyHandlers.discarding());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** How it is reached. */
  public S3Settings settings() {
    return S3Settings.of(URI.create("http://127.0.0.1:" + server.getPort()));
  }

  @Override
  public void close() {
    server.shutdown();
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }
}
