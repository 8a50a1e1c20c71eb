package dev.edit.evaluator.web;

import dev.edit.contracts.Highlight;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.evaluator.domain.console.ConsoleState;
import dev.edit.evaluator.domain.console.LogPlace;
import dev.edit.evaluator.domain.console.PairEntry;
import dev.edit.evaluator.domain.console.PairFilter;
import dev.edit.evaluator.domain.console.PairIndex;
import dev.edit.evaluator.domain.console.PairOrigin;
import dev.edit.evaluator.messaging.console.RecordLookup;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestQuery;

/** The dual chains of thought: what there is from the index, the texts from the log. */
@Path("/api/pairs")
public class PairsResource {
  private static final RecordCodec<KeySteps> KEY_STEPS = RecordCodec.of(KeySteps.class);
  private static final int LARGEST_PAGE = 50;
  private static final int LONGEST_QUESTION = 200;

  private final ConsoleState state;
  private final RecordLookup lookup;

  public PairsResource(ConsoleState state, RecordLookup lookup) {
    this.state = state;
    this.lookup = lookup;
  }

  /** A filter and a page, as the query has them. */
  public static class Question {
    @RestQuery String task;
    @RestQuery String origin;
    @RestQuery String mistake;

    @RestQuery
    @DefaultValue("0")
    double from;

    @RestQuery
    @DefaultValue("1")
    double to;

    @RestQuery
    @DefaultValue("0")
    int skip;

    @RestQuery
    @DefaultValue("20")
    int limit;

    PairFilter filter() {
      try {
        return new PairFilter(
            Parameters.optional(task),
            origin(Parameters.optional(origin)),
            Parameters.optional(mistake),
            from,
            to);
      } catch (IllegalArgumentException e) {
        throw new BadRequestException(e.getMessage(), e);
      }
    }

    private static PairOrigin origin(String name) {
      return name == null
          ? null
          : Arrays.stream(PairOrigin.values())
              .filter(origin -> origin.name().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new BadRequestException(
                          "origin: expected one of "
                              + Arrays.toString(PairOrigin.values())
                              + ", got "
                              + name));
    }
  }

  /**
   * A page.
   *
   * @param total records that the filter takes
   * @param entries the page
   */
  public record Page(int total, List<Entry> entries) {}

  /**
   * A record in a line.
   *
   * @param pair what the index knows
   * @param id the problem's id; null where the record has moved in the log since
   * @param question how the question begins; null likewise
   */
  public record Entry(PairEntry pair, String id, String question) {}

  /**
   * A record in full.
   *
   * @param id the problem's id
   * @param task its task
   * @param question the question
   * @param answer the gold answer
   * @param origin which side the teacher wrote first
   * @param mistake the mistake pattern; null where none was mined
   * @param rule the alignment rule
   * @param similarity of the sides
   * @param keyFraction share of key tokens
   * @param right the right side
   * @param wrong the wrong side; null where there is none
   */
  public record Detail(
      String id,
      String task,
      String question,
      String answer,
      PairOrigin origin,
      String mistake,
      String rule,
      double similarity,
      double keyFraction,
      Side right,
      Side wrong) {}

  /**
   * A side, cut where key steps begin and end.
   *
   * @param tokens its length
   * @param keyTokens key tokens among them
   * @param stretches the text in order
   */
  public record Side(int tokens, int keyTokens, List<Highlight.Stretch> stretches) {
    static Side of(KeySteps.Side side) {
      return new Side(side.ids().length, side.keyCount(), Highlight.of(side));
    }
  }

  @GET
  public Page page(@jakarta.ws.rs.BeanParam Question question) {
    Parameters.within("skip", question.skip, 0, Integer.MAX_VALUE);
    Parameters.within("limit", question.limit, 1, LARGEST_PAGE);
    PairIndex.Page page = state.pairs().page(question.filter(), question.skip, question.limit);
    return new Page(page.total(), page.entries().stream().map(this::entry).toList());
  }

  @GET
  @Path("facets")
  public PairIndex.Facets facets() {
    return state.pairs().facets();
  }

  @GET
  @Path("{partition}/{offset}")
  public Detail pair(@PathParam("partition") int partition, @PathParam("offset") long offset) {
    Parameters.within("partition", partition, 0, Integer.MAX_VALUE);
    if (offset < 0) {
      throw new BadRequestException("offset: expected at least 0, got " + offset);
    }
    KeySteps record =
        find(new LogPlace(partition, offset))
            .orElseThrow(
                () -> new NotFoundException("no record lies there (any more): compacted away?"));
    return new Detail(
        record.key(),
        record.problem().task(),
        record.problem().question(),
        record.problem().answer(),
        PairOrigin.of(record),
        record.mistake() == null ? null : record.mistake().toString(),
        record.rule(),
        record.similarity(),
        record.keyFraction(),
        Side.of(record.right()),
        record.dual().map(Side::of).orElse(null));
  }

  private Entry entry(PairEntry pair) {
    Optional<KeySteps> record = find(pair.place());
    return new Entry(
        pair,
        record.map(KeySteps::key).orElse(null),
        record.map(found -> beginning(found.problem().question())).orElse(null));
  }

  private Optional<KeySteps> find(LogPlace place) {
    return lookup
        .find(Topics.KEY_STEPS, place)
        .filter(record -> record.value() != null)
        .map(record -> KEY_STEPS.decode(record.value()));
  }

  private static String beginning(String question) {
    return question.length() <= LONGEST_QUESTION
        ? question
        : question.substring(0, LONGEST_QUESTION) + "…";
  }
}
