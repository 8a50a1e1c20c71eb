package dev.edit.evaluator.client;

import dev.edit.evaluator.domain.Respondent;
import dev.edit.student.GreedyDecoder;
import dev.edit.student.Student;
import dev.edit.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A student in libtorch's memory that decodes greedily, in batches of prompts of like length. */
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
  public List<String> respond(List<String> prompts) {
    int positions = student.config().maxPositionEmbeddings();
    String[] responses = new String[prompts.size()];
    Arrays.fill(responses, "");
    List<Integer> places = new ArrayList<>();
    List<int[]> ids = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      int[] prompt = tokenizer.encode(prompts.get(i), true).ids();
      if (prompt.length < positions) {
        places.add(i);
        ids.add(prompt);
      }
    }
    if (!ids.isEmpty()) {
      List<int[]> decoded = GreedyDecoder.decode(student, ids, maxNewTokens, batchSize);
      for (int i = 0; i < places.size(); i++) {
        responses[places.get(i)] = tokenizer.decode(decoded.get(i), true);
      }
    }
    return List.of(responses);
  }

  @Override
  public void close() {
    student.close();
    tokenizer.close();
  }
}
