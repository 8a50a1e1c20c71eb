package dev.edit.artifacts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Objects of an S3-compatible store: whole files in and out, large ones in parts. Errors name the
 * object. The client retries what may be retried.
 */
class S3Objects implements AutoCloseable {
  /** Files beyond this size go up in parts of it; S3 takes at most 10,000 parts, 5 GB each. */
  static final long DEFAULT_PART = 64L << 20;

  private static final long MOST_PARTS = 10_000;
  private static final int SERVER_ERRORS = 500;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int TIMEOUT = 408;
  private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final S3Client client;
  private final long partBytes;

  S3Objects(S3Settings settings, long partBytes) {
    this.partBytes = partBytes;
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(CONNECT_TIMEOUT)
                    .socketTimeout(SOCKET_TIMEOUT))
            .region(region(settings))
            .forcePathStyle(settings.pathStyle())
            // Not every compatible store knows the newer checksums; ours are in the manifest.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    if (settings.endpoint() != null) {
      builder.endpointOverride(settings.endpoint());
    }
    client = builder.build();
  }

  private static Region region(S3Settings settings) {
    if (settings.region() != null) {
      return Region.of(settings.region());
    }
    try {
      return new DefaultAwsRegionProviderChain().getRegion();
    } catch (SdkException e) {
      return Region.US_EAST_1; // Compatible stores need none, but requests are signed for one.
    }
  }

  void put(S3Address object, Path file) throws IOException {
    long size = Files.size(file);
    if (size > partBytes) {
      putInParts(object, file, size);
      return;
    }
    call(
        object,
        () ->
            client.putObject(
                request -> request.bucket(object.bucket()).key(object.prefix()),
                RequestBody.fromFile(file)));
  }

  void put(S3Address object, byte[] bytes) throws IOException {
    call(
        object,
        () ->
            client.putObject(
                request -> request.bucket(object.bucket()).key(object.prefix()),
                RequestBody.fromBytes(bytes)));
  }

  private void putInParts(S3Address object, Path file, long size) throws IOException {
    String upload =
        call(
                object,
                () ->
                    client.createMultipartUpload(
                        request -> request.bucket(object.bucket()).key(object.prefix())))
            .uploadId();
    try {
      long part = Math.max(partBytes, (size + MOST_PARTS - 1) / MOST_PARTS);
      List<CompletedPart> parts = new ArrayList<>();
      for (long from = 0; from < size; from += part) {
        parts.add(
            putPart(object, upload, parts.size() + 1, file, from, Math.min(part, size - from)));
      }
      call(
          object,
          () ->
              client.completeMultipartUpload(
                  request ->
                      request
                          .bucket(object.bucket())
                          .key(object.prefix())
                          .uploadId(upload)
                          .multipartUpload(all -> all.parts(parts))));
    } catch (IOException e) {
      abort(object, upload, e);
      throw e;
    }
  }

  private CompletedPart putPart(
      S3Address object, String upload, int number, Path file, long from, long length)
      throws IOException {
    String tag =
        call(
                object,
                () ->
                    client.uploadPart(
                        request ->
                            request
                                .bucket(object.bucket())
                                .key(object.prefix())
                                .uploadId(upload)
                                .partNumber(number)
                                .contentLength(length),
                        RequestBody.fromContentProvider(
                            () -> section(file, from, length), length, "application/octet-stream")))
            .eTag();
    return CompletedPart.builder().partNumber(number).eTag(tag).build();
  }

  /** A part of a file, opened anew whenever the client sends it again. */
  private static InputStream section(Path file, long from, long length) {
    try {
      FileChannel channel = FileChannel.open(file).position(from);
      return new LimitedStream(Channels.newInputStream(channel), length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void abort(S3Address object, String upload, IOException cause) {
    try {
      client.abortMultipartUpload(
          request -> request.bucket(object.bucket()).key(object.prefix()).uploadId(upload));
    } catch (SdkException e) {
      cause.addSuppressed(e);
    }
  }

  /** Downloads an object to a new file. */
  void get(S3Address object, Path file) throws IOException {
    call(
        object,
        () ->
            client.getObject(
                request -> request.bucket(object.bucket()).key(object.prefix()), file));
  }

  /** The bytes of an object, or null where there is none. */
  byte[] get(S3Address object) throws IOException {
    return call(
        object,
        () -> {
          try {
            return client
                .getObjectAsBytes(request -> request.bucket(object.bucket()).key(object.prefix()))
                .asByteArray();
          } catch (NoSuchKeyException e) {
            return null;
          }
        });
  }

  /** Every object below an address. */
  List<S3Object> list(S3Address address) throws IOException {
    return call(
        address,
        () ->
            client
                .listObjectsV2Paginator(
                    request -> request.bucket(address.bucket()).prefix(address.keyPrefix()))
                .contents()
                .stream()
                .toList());
  }

  /** Deletes an object; succeeds where there is none. */
  void delete(S3Address object) throws IOException {
    call(
        object,
        () -> client.deleteObject(request -> request.bucket(object.bucket()).key(object.prefix())));
  }

  private static <T> T call(S3Address object, Supplier<T> call) throws IOException {
    try {
      return call.get();
    } catch (NoSuchKeyException e) {
      throw new ArtifactException(object + ": missing", e);
    } catch (S3Exception e) {
      throw new StoreException(object + ": " + e.getMessage(), mayPass(e.statusCode()), e);
    } catch (SdkException e) {
      throw new StoreException(object + ": " + e.getMessage(), true, e);
    } catch (UncheckedIOException e) {
      throw new ArtifactException(object + ": " + e.getMessage(), e);
    }
  }

  private static boolean mayPass(int status) {
    return status >= SERVER_ERRORS || status == TOO_MANY_REQUESTS || status == TIMEOUT;
  }

  @Override
  public void close() {
    client.close();
  }
}
