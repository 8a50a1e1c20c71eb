package dev.edit.evaluator.client;

import dev.edit.evaluator.domain.Decoding;
import dev.edit.evaluator.domain.Question;
import dev.edit.evaluator.domain.Respondent;
import dev.edit.evaluator.domain.Response;
import dev.edit.evaluator.domain.Response.Finish;
import dev.edit.student.Sampling;
import dev.edit.student.SamplingDecoder;
import dev.edit.student.Student;
import dev.edit.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A student in libtorch's memory that decodes in batches of prompts of like length. */
final class TorchRespondent implements Respondent {
  private final Student student;
  private final Tokenizer tokenizer;
  private final int maxNewTokens;
  private final int batchSize;

  TorchRespondent(Student student, Tokenizer tokenizer, int maxNewTokens, int batchSize) {
    this.student = student;
    this.tokenizer = tokenizer;
    this.maxNewTokens = maxNewTokens;
    this.batchSize = batchSize;
  }

  @Override
  public List<Response> respond(List<Question> questions, Decoding decoding) {
    int positions = student.config().maxPositionEmbeddings();
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
      List<int[]> decoded = decode(prompts, seeds, decoding);
      for (int i = 0; i < places.size(); i++) {
        responses[places.get(i)] = response(decoded.get(i));
      }
    }
    return List.of(responses);
  }

  private List<int[]> decode(List<int[]> prompts, long[] seeds, Decoding decoding) {
    Sampling sampling = new Sampling(decoding.temperature(), decoding.topP());
    return SamplingDecoder.decode(student, prompts, seeds, sampling, maxNewTokens, batchSize);
  }

  private Response response(int[] tokens) {
    boolean ended =
        tokens.length > 0 && student.config().eosTokenIds().contains(tokens[tokens.length - 1]);
    return new Response(tokenizer.decode(tokens, true), ended ? Finish.STOP : Finish.LENGTH);
  }

  @Override
  public void close() {
    student.close();
    tokenizer.close();
  }
}
