package dev.edit.trainer.client.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Watches all workers' Jobs and pods of a namespace and says which Job may have changed. Informers
 * list anew after a broken connection, and call again for everything at each resync, so that
 * nothing is missed for long.
 */
final class JobWatch implements AutoCloseable {
  private static final Logger LOG = System.getLogger(JobWatch.class.getName());
  private static final String JOB_NAME = "job-name";

  private final SharedIndexInformer<Job> jobs;
  private final SharedIndexInformer<Pod> pods;

  /**
   * @param changed takes the names of Jobs; called on the informers' threads
   */
  JobWatch(KubernetesClient client, String namespace, Duration resync, Consumer<String> changed) {
    jobs =
        informer(
            client
                .batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .withLabel(JobNames.MANAGED_BY, JobNames.MANAGER),
            resync,
            job -> changed.accept(job.getMetadata().getName()));
    pods =
        informer(
            client.pods().inNamespace(namespace).withLabel(JobNames.MANAGED_BY, JobNames.MANAGER),
            resync,
            pod -> changed.accept(jobOf(pod)));
  }

  /** Begins; what cannot be listed yet is tried again. */
  void start() {
    pods.start();
    jobs.start();
  }

  /** The pods of a Job, as last seen. */
  List<Pod> pods(String job) {
    return pods.getStore().list().stream().filter(pod -> job.equals(jobOf(pod))).toList();
  }

  @Override
  public void close() {
    jobs.stop();
    pods.stop();
  }

  private static String jobOf(Pod pod) {
    return pod.getMetadata().getLabels().getOrDefault(JOB_NAME, "");
  }

  private static <T extends HasMetadata> SharedIndexInformer<T> informer(
      Informable<T> what, Duration resync, Consumer<T> changed) {
    return what.runnableInformer(resync.toMillis())
        .addEventHandler(new Handler<>(changed))
        .exceptionHandler(
            (started, error) -> {
              LOG.log(Level.WARNING, "the cluster is listed again: {0}", error.getMessage());
              return true;
            });
  }

  private record Handler<T>(Consumer<T> changed) implements ResourceEventHandler<T> {
    @Override
    public void onAdd(T object) {
      changed.accept(object);
    }

    @Override
    public void onUpdate(T before, T after) {
      changed.accept(after);
    }

    @Override
    public void onDelete(T object, boolean unknown) {
      changed.accept(object);
    }
  }
}
