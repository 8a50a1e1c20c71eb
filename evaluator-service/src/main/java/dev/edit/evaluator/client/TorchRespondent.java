package dev.edit.evaluator.client;

import dev.edit.contracts.grading.AnswerExtraction;
import dev.edit.evaluator.domain.Decoding;
import dev.edit.evaluator.domain.Question;
import dev.edit.evaluator.domain.Respondent;
import dev.edit.evaluator.domain.Response;
import dev.edit.evaluator.domain.Response.Finish;
import dev.edit.evaluator.domain.TokenScorer;
import dev.edit.student.Continuation;
import dev.edit.student.ContinuousDecoder;
import dev.edit.student.DecodingSettings;
import dev.edit.student.Sampling;
import dev.edit.student.Scorer;
import dev.edit.student.StopRule;
import dev.edit.student.Student;
import dev.edit.tokenizer.LineBreaks;
import dev.edit.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A student in libtorch's memory. */
final class TorchRespondent implements Respondent {
  private final Student student;
  private final Tokenizer tokenizer;
  private final TorchLimits limits;
  private final StopRule stop;

  TorchRespondent(Student student, Tokenizer tokenizer, TorchLimits limits) {
    this.student = student;
    this.tokenizer = tokenizer;
    this.limits = limits;
    stop = limits.stopAtAnswer() ? atAnswer(tokenizer) : StopRule.NONE;
  }

  /** Holds from the end of the final answer's line on. */
  static StopRule atAnswer(Tokenizer tokenizer) {
    LineBreaks lineBreaks = new LineBreaks(tokenizer);
    return tokens ->
        lineBreaks.in(tokens) && AnswerExtraction.settled(tokenizer.decode(tokens, true));
  }

  @Override
  public List<Response> respond(List<Question> questions, Decoding decoding) {
    int positions = student.config().longestRow();
    Response[] responses = new Response[questions.size()];
    Arrays.fill(responses, new Response("", Finish.LENGTH));
    List<Integer> places = new ArrayList<>();
    List<int[]> prompts = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      int[] prompt = tokenizer.encode(questions.get(i).prompt(), true).ids();
      if (prompt.length < positions) {
        places.add(i);
        prompts.add(prompt);
      }
    }
    if (!prompts.isEmpty()) {
      long[] seeds = places.stream().mapToLong(place -> questions.get(place).seed()).toArray();
      List<Continuation> decoded = decode(prompts, seeds, decoding);
      for (int i = 0; i < places.size(); i++) {
        responses[places.get(i)] = response(decoded.get(i));
      }
    }
    return List.of(responses);
  }

  private List<Continuation> decode(List<int[]> prompts, long[] seeds, Decoding decoding) {
    Sampling sampling = new Sampling(decoding.temperature(), decoding.topP());
    DecodingSettings settings =
        DecodingSettings.of(student, sampling, limits.maxNewTokens(), limits.batchSize())
            .withCacheBytes(limits.cacheBytes())
            .withStop(stop);
    return ContinuousDecoder.decode(student, prompts, seeds, settings);
  }

  private Response response(Continuation continuation) {
    return new Response(
        tokenizer.decode(continuation.tokens(), true),
        continuation.ending() == Continuation.Ending.LENGTH ? Finish.LENGTH : Finish.STOP);
  }

  @Override
  public Optional<TokenScorer> scorer() {
    return Optional.of(
        new TokenScorer() {
          @Override
          public double[][] logProbabilities(List<int[]> rows) {
            return Scorer.logProbabilities(student, rows);
          }

          @Override
          public int longest() {
            return student.config().longestRow();
          }
        });
  }

  @Override
  public void close() {
    student.close();
    tokenizer.close();
  }
}
