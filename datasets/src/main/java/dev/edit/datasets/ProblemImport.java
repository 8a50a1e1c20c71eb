package dev.edit.datasets;

import dev.edit.contracts.InvalidRecordException;
import dev.edit.contracts.Problem;
import dev.edit.contracts.Problem.Split;
import dev.edit.datasets.SplitRule.All;
import dev.edit.datasets.SplitRule.Ratio;
import dev.edit.datasets.json.MalformedDatasetException;
import dev.edit.datasets.reader.DatasetFile;
import dev.edit.datasets.reader.Question;
import dev.edit.datasets.reader.QuestionReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Files of one format as problems.
 *
 * <p>All or nothing: the files are read twice, and nothing is handed on unless the first reading
 * found no fault. Files are streamed; what is kept of each problem is its id, and with a split by
 * lot 8 bytes of its digest. The same files and settings give the same problems.
 */
public final class ProblemImport {
  private final Format format;
  private final ImportSettings settings;
  private final List<DatasetFile> files;

  private ProblemImport(Format format, ImportSettings settings, List<DatasetFile> files) {
    this.format = format;
    this.settings = settings;
    this.files = files;
  }

  /**
   * An import of a file, or of all files of the format in a folder.
   *
   * @throws IllegalArgumentException if there is no such file
   */
  public static ProblemImport of(Format format, Path path, ImportSettings settings)
      throws IOException {
    return new ProblemImport(format, settings, DatasetFile.under(path, format.files()));
  }

  /**
   * Hands on the problems and counts them.
   *
   * @throws MalformedDatasetException before anything was handed on, where a file is not as its
   *     format says, two problems have the same id, or a published test split would be trained on
   */
  public ImportReport run(ProblemSink sink) throws IOException, InterruptedException {
    Set<String> ids = new HashSet<>();
    read(
        (question, problem) -> {
          if (!ids.add(problem.id())) {
            throw MalformedDatasetException.field(
                question.place(), "id", problem.id(), "an id that no other problem has");
          }
        });
    ImportReport.Tally tally = new ImportReport.Tally();
    read(
        (question, problem) -> {
          sink.accept(problem);
          tally.add(problem);
        });
    return tally.report(files.size());
  }

  private void read(Step step) throws IOException, InterruptedException {
    QuestionReader reader = format.reader(settings);
    Consumer<Question> each = question -> pass(step, question, settled(question));
    SplitLots lots = null;
    if (settings.splitOf(format) instanceof Ratio ratio) {
      lots = new SplitLots(ratio, settings.seed(), (q, split) -> pass(step, q, split));
      each = lots::add;
    }
    try {
      for (DatasetFile file : files) {
        Consumer<Question> next = each;
        reader.read(
            file,
            question -> {
              requireTrainable(question);
              next.accept(question);
            });
      }
      if (lots != null) {
        lots.finish();
      }
    } catch (StepFailed e) {
      e.rethrow();
    }
  }

  /** The split of a question that no lot decides. */
  private Split settled(Question question) {
    if (settings.splitOf(format) instanceof All all) {
      return all.split();
    }
    if (question.published() != null) {
      return question.published();
    }
    if (format == Format.JSONL) {
      throw MalformedDatasetException.field(
          question.place(), "split", null, "'train' or 'test', or --split for all entries");
    }
    return Split.TEST;
  }

  private void requireTrainable(Question question) {
    SplitRule rule = settings.splitOf(format);
    boolean mayTrain = rule instanceof Ratio || rule.equals(new All(Split.TRAIN));
    if (mayTrain && question.published() == Split.TEST && !settings.trainOnTest()) {
      throw MalformedDatasetException.at(
          question.place(),
          "is of a published test split, which is never trained on; --split test keeps it held"
              + " out, --train-on-test says that you know what you do",
          null);
    }
  }

  private void pass(Step step, Question question, Split split) {
    try {
      step.accept(question, problem(question, split));
    } catch (IOException | InterruptedException e) {
      throw new StepFailed(e);
    }
  }

  private Problem problem(Question question, Split split) {
    try {
      return new Problem(
          question.id(),
          question.task(),
          question.text(),
          question.answer(),
          split,
          settings.domain() != null
              ? settings.domain()
              : question.domain() != null ? question.domain() : format.domain(),
          settings.source() != null ? settings.source() : question.source(),
          question.canary());
    } catch (InvalidRecordException e) {
      throw MalformedDatasetException.at(question.place(), e.getMessage(), e);
    }
  }

  @FunctionalInterface
  private interface Step {
    void accept(Question question, Problem problem) throws IOException, InterruptedException;
  }

  /** Carries a sink's checked failure through the readers. */
  private static final class StepFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StepFailed(Exception cause) {
      super(cause);
    }

    void rethrow() throws IOException, InterruptedException {
      if (getCause() instanceof InterruptedException interrupted) {
        throw interrupted;
      }
      throw (IOException) getCause();
    }
  }
}
