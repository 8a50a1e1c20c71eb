package dev.edit.evaluator.domain;

import dev.edit.contracts.InvalidRecordException;
import dev.edit.contracts.Problem;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.codec.Sha256;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The test problems of one source.
 *
 * @param name the source
 * @param domain in- or out-of-domain, the same for all its problems
 * @param problems in the order of their ids, at least one
 */
public record Benchmark(String name, Problem.Domain domain, List<Problem> problems) {

  public Benchmark {
    problems = List.copyOf(problems);
  }

  /**
   * Groups problems into benchmarks, in the order of their names; train problems are passed over.
   *
   * @param log problems in the order of the log; of two with one id the later one counts
   * @throws InvalidRecordException where a source has problems of both domains
   */
  public static List<Benchmark> of(Collection<Problem> log) {
    Map<String, Problem> newest = new TreeMap<>();
    log.forEach(problem -> newest.put(problem.id(), problem));
    Map<String, List<Problem>> sources = new TreeMap<>();
    newest.values().stream()
        .filter(problem -> problem.split() == Problem.Split.TEST)
        .forEach(
            problem ->
                sources.computeIfAbsent(problem.source(), name -> new ArrayList<>()).add(problem));
    List<Benchmark> benchmarks = new ArrayList<>();
    sources.forEach(
        (name, problems) -> benchmarks.add(new Benchmark(name, domain(name, problems), problems)));
    return benchmarks;
  }

  /** Digest of the problems: benchmarks with equal digests ask the same. */
  public String sha256() {
    RecordCodec<Problem> codec = RecordCodec.of(Problem.class);
    Sha256 digest = new Sha256();
    problems.forEach(problem -> digest.add(codec.encode(problem)));
    return digest.hex();
  }

  private static Problem.Domain domain(String name, List<Problem> problems) {
    Problem.Domain domain = problems.get(0).domain();
    for (Problem problem : problems) {
      if (problem.domain() != domain) {
        throw new InvalidRecordException(
            "domain of " + problem.id(),
            problem.domain(),
            domain + ", as of the other test problems of source " + name);
      }
    }
    return domain;
  }
}
