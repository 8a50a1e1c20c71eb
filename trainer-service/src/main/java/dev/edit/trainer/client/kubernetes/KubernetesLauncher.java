package dev.edit.trainer.client.kubernetes;

import dev.edit.contracts.Run;
import dev.edit.trainer.domain.RunLauncher;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.ScalableResource;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Gives each attempt at a run a Job. The Job's name follows from the attempt, so that launching
 * again finds the Job that is there and writes nothing, be it after a restart or because two
 * dispatchers meant to launch the same run.
 */
public final class KubernetesLauncher implements RunLauncher, AutoCloseable {
  private static final Logger LOG = System.getLogger(KubernetesLauncher.class.getName());
  private static final int TOO_MANY_REQUESTS = 429;

  private final KubernetesClient client;
  private final String namespace;
  private final JobTemplate template;
  private final Function<Run, List<OwnerReference>> owners;
  private final Pace pace;
  private final JobAssessment assessment;
  private final JobWatch watch;
  private final Map<String, KubernetesWorker> workers = new ConcurrentHashMap<>();
  private final KubernetesWorker.Cluster cluster = new Jobs();
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "jobs");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * How often is looked and told.
   *
   * @param resync how often every Job is looked at even without news
   * @param quiet how long another wording of the same wait is kept back
   * @param clock tells the time
   */
  public record Pace(Duration resync, Duration quiet, InstantSource clock) {}

  /**
   * @param owners of a run's Job, with whom it is deleted
   */
  public KubernetesLauncher(
      KubernetesClient client,
      String namespace,
      JobTemplate template,
      Function<Run, List<OwnerReference>> owners,
      Pace pace) {
    this.client = client;
    this.namespace = namespace;
    this.template = template;
    this.owners = owners;
    this.pace = pace;
    this.assessment = new JobAssessment(new ClusterWarnings(client, namespace));
    this.watch = new JobWatch(client, namespace, pace.resync(), this::lookLater);
    watch.start();
  }

  @Override
  public Worker launch(Run run, Consumer<Note> notes) throws IOException {
    try {
      deleteOlder(run);
      Job job = jobs().withName(JobNames.job(run)).get();
      if (job == null) {
        job = create(run);
      }
      requireOwn(job, run);
      return follow(run, notes);
    } catch (KubernetesClientException e) {
      throw refusal(run, e);
    }
  }

  @Override
  public Optional<Worker> find(Run run) throws IOException {
    try {
      return jobs().withName(JobNames.job(run)).get() == null
          ? Optional.empty()
          : Optional.of(follow(run, note -> {}));
    } catch (KubernetesClientException e) {
      throw refusal(run, e);
    }
  }

  @Override
  public void close() {
    watch.close();
    looks.shutdownNow();
  }

  private Job create(Run run) {
    try {
      return jobs().resource(template.of(run, owners.apply(run))).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return jobs().withName(JobNames.job(run)).require();
      }
      throw e;
    }
  }

  private void deleteOlder(Run run) {
    jobs().withLabel(JobNames.RUN, JobNames.label(run.id())).list().getItems().stream()
        .filter(job -> isOlder(job, run) && job.getMetadata().getDeletionTimestamp() == null)
        .forEach(job -> delete(job.getMetadata().getName()));
  }

  private static boolean isOlder(Job job, Run run) {
    String epoch = job.getMetadata().getLabels().get(JobNames.EPOCH);
    return epoch != null
        && run.id().equals(job.getMetadata().getAnnotations().get(JobNames.RUN))
        && Integer.parseInt(epoch) < run.epoch();
  }

  private static void requireOwn(Job job, Run run) throws IOException {
    String owner = job.getMetadata().getAnnotations().get(JobNames.RUN);
    if (!run.id().equals(owner)) {
      throw new IOException(
          "job %s exists and belongs to %s"
              .formatted(job.getMetadata().getName(), owner == null ? "somebody else" : owner));
    }
    if (job.getMetadata().getDeletionTimestamp() != null) {
      throw new UnavailableException(
          "waits until its former job %s is deleted".formatted(job.getMetadata().getName()), null);
    }
  }

  private KubernetesWorker follow(Run run, Consumer<Note> notes) {
    String job = JobNames.job(run);
    KubernetesWorker worker =
        new KubernetesWorker(job, cluster, new NoteFilter(pace.quiet(), pace.clock()), notes);
    workers.put(job, worker);
    lookLater(job);
    return worker;
  }

  private void lookLater(String job) {
    if (!workers.containsKey(job)) {
      return;
    }
    try {
      looks.execute(() -> look(job));
    } catch (RejectedExecutionException e) {
      LOG.log(Level.DEBUG, "stopping: job={0}", job);
    }
  }

  private void look(String name) {
    KubernetesWorker worker = workers.get(name);
    if (worker == null) {
      return;
    }
    try {
      // Asked and not remembered: what the informer knows may be older than the Job itself.
      Job job = jobs().withName(name).get();
      if (job == null) {
        worker.gone();
      } else if (worker.isCancelled() && job.getMetadata().getDeletionTimestamp() == null) {
        delete(name);
      } else {
        worker.see(assessment.of(job, watch.pods(name)));
      }
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "job " + name + " is looked at again later", e);
      retryLater(name);
    }
  }

  private void retryLater(String name) {
    looks.schedule(
        () -> look(name), pace.resync().toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
  }

  private void delete(String job) {
    jobs().withName(job).withPropagationPolicy(DeletionPropagation.FOREGROUND).delete();
  }

  private NonNamespaceOperation<Job, JobList, ScalableResource<Job>> jobs() {
    return client.batch().v1().jobs().inNamespace(namespace);
  }

  /** What may pass is told apart from what will not: only the former is worth another try. */
  private static IOException refusal(Run run, KubernetesClientException e) {
    int code = e.getCode();
    boolean quota =
        code == HttpURLConnection.HTTP_FORBIDDEN
            && String.valueOf(e.getMessage()).contains("exceeded quota");
    if (quota) {
      return new UnavailableException("waits for quota: " + message(e), e);
    }
    if (code == 0 || code == TOO_MANY_REQUESTS || code >= HttpURLConnection.HTTP_INTERNAL_ERROR) {
      return new UnavailableException("the cluster does not answer: " + message(e), e);
    }
    return new IOException("job %s: %s".formatted(JobNames.job(run), message(e)), e);
  }

  private static String message(KubernetesClientException e) {
    return e.getStatus() != null && e.getStatus().getMessage() != null
        ? e.getStatus().getMessage()
        : String.valueOf(e.getMessage());
  }

  /** The API server's side of a worker. */
  private final class Jobs implements KubernetesWorker.Cluster {
    @Override
    public void delete(String job) {
      try {
        KubernetesLauncher.this.delete(job);
      } catch (KubernetesClientException e) {
        LOG.log(Level.WARNING, "job " + job + " is deleted later", e);
        retryLater(job);
        return;
      }
      lookLater(job);
    }

    @Override
    public void forget(String job) {
      workers.remove(job);
    }
  }
}
