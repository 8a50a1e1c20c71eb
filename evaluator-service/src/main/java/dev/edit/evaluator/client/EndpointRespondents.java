package dev.edit.evaluator.client;

import dev.edit.contracts.Checkpoint;
import dev.edit.evaluator.domain.Respondent;
import dev.edit.evaluator.domain.Respondents;
import dev.edit.openai.Endpoint;
import dev.edit.openai.OpenAiClient;
import dev.edit.openai.OpenAiClient.Effort;

/**
 * Checkpoints that an OpenAI-compatible endpoint serves, such as vLLM with the runs' adapters: the
 * model's name says which. Nothing of a checkpoint's folder is read here, so nothing vouches that
 * the endpoint serves what the checkpoint says.
 */
public final class EndpointRespondents implements Respondents {
  private final Endpoint endpoint;
  private final ModelName model;
  private final Effort effort;
  private final int maxNewTokens;

  /**
   * @param endpoint its model is a pattern with places such as {@code {run}}
   * @param maxNewTokens longest response in tokens
   */
  public EndpointRespondents(Endpoint endpoint, Effort effort, int maxNewTokens) {
    this.endpoint = endpoint;
    this.model = new ModelName("edit.evaluator.endpoint.model", endpoint.model());
    this.effort = effort;
    this.maxNewTokens = maxNewTokens;
  }

  @Override
  public Respondent open(Checkpoint checkpoint) {
    String name = model.of(checkpoint);
    Endpoint ofModel =
        new Endpoint(endpoint.url(), name, endpoint.key(), endpoint.headers(), endpoint.timeout());
    return new EndpointRespondent(new OpenAiClient(ofModel, effort), name, maxNewTokens);
  }
}
