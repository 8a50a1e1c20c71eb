package dev.edit.student.torch;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;

/**
 * Starts libtorch once per process, offline, with a fixed number of threads.
 *
 * <p>With one thread the same inputs give the same bits on the same machine. Across machines of
 * different processors set {@code MKL_CBWR=COMPATIBLE} (or another fixed branch) in the environment
 * of the process: MKL reads it before Java runs, so it cannot be set from here.
 */
public final class TorchRuntime {
  /** System property: number of libtorch threads, 1 unless set. */
  public static final String THREADS_PROPERTY = "edit.student.threads";

  private static boolean started;

  private TorchRuntime() {}

  /**
   * Loads libtorch unless it is loaded. The number of threads is that of {@value
   * #THREADS_PROPERTY}; DJL is told to stay offline and to send no usage data.
   *
   * @throws IllegalArgumentException when the property is not a positive integer
   */
  public static synchronized void start() {
    if (started) {
      return;
    }
    int threads = threads(System.getProperty(THREADS_PROPERTY, "1"));
    setUnlessSet("ai.djl.offline", "true");
    setUnlessSet("OPT_OUT_TRACKING", "true");
    setUnlessSet("ai.djl.pytorch.graph_optimizer", "false");
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    setUnlessSet("ai.djl.pytorch.num_interop_threads", "1");
    Engine.getEngine("PyTorch");
    if (JniUtils.getNumThreads() != threads) {
      JniUtils.setNumThreads(threads);
    }
    started = true;
  }

  private static int threads(String value) {
    int threads;
    try {
      threads = Integer.parseInt(value.strip());
    } catch (NumberFormatException e) {
      throw invalid(value, e);
    }
    if (threads < 1) {
      throw invalid(value, null);
    }
    return threads;
  }

  private static IllegalArgumentException invalid(String value, Exception cause) {
    return new IllegalArgumentException(
        "system property %s is '%s', expected a positive integer"
            .formatted(THREADS_PROPERTY, value),
        cause);
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
