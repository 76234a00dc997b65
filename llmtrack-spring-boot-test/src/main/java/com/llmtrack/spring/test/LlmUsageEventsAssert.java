// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.test;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

import com.llmtrack.spring.LlmRequestStatus;
import com.llmtrack.spring.LlmTokenUsage;
import com.llmtrack.spring.LlmUsageEvent;
import org.assertj.core.api.AbstractListAssert;
import org.assertj.core.api.ObjectAssert;
import org.assertj.core.description.Description;
import org.jspecify.annotations.Nullable;

/**
 * AssertJ assertions on {@link LlmUsageEvents}, in addition to those for lists.
 * {@code for…}, {@code with…} and {@code without…} filter the events; what follows is
 * checked on those that are left.
 * <p>
 * {@code all…} and {@code has…Tokens…} fail where no event is left, so that a misspelt
 * feature does not go unnoticed.
 *
 * @since 0.1.0
 */
public final class LlmUsageEventsAssert extends
		AbstractListAssert<LlmUsageEventsAssert, List<LlmUsageEvent>, LlmUsageEvent, ObjectAssert<LlmUsageEvent>> {

	private final List<LlmUsageEvent> recorded;

	LlmUsageEventsAssert(List<LlmUsageEvent> events) {
		this(events, events);
	}

	private LlmUsageEventsAssert(List<LlmUsageEvent> events, List<LlmUsageEvent> recorded) {
		super(events, LlmUsageEventsAssert.class);
		this.recorded = recorded;
		withRepresentation(EventText.INSTANCE);
	}

	/**
	 * Keep the events of a feature.
	 * @param feature the feature's name
	 * @return assertions on these events
	 */
	public LlmUsageEventsAssert forFeature(String feature) {
		return only("for feature \"" + feature + "\"", (event) -> feature.equals(event.feature()));
	}

	/**
	 * Keep the events without a feature.
	 * @return assertions on these events
	 */
	public LlmUsageEventsAssert withoutFeature() {
		return only("without feature", (event) -> event.feature() == null);
	}

	/**
	 * Keep the events of a provider.
	 * @param provider the provider in LLMtrack's spelling, such as {@code openai}
	 * @return assertions on these events
	 */
	public LlmUsageEventsAssert forProvider(String provider) {
		return only("for provider \"" + provider + "\"", (event) -> provider.equals(event.provider()));
	}

	/**
	 * Keep the events of a model.
	 * @param model the model's name in the events, usually as the provider returned it
	 * @return assertions on these events
	 */
	public LlmUsageEventsAssert forModel(String model) {
		return only("for model \"" + model + "\"", (event) -> model.equals(event.model()));
	}

	/**
	 * Keep the events of a customer.
	 * @param id the customer's id
	 * @return assertions on these events
	 */
	public LlmUsageEventsAssert forCustomer(String id) {
		return only("for customer \"" + id + "\"",
				(event) -> event.customer() != null && id.equals(event.customer().id()));
	}

	/**
	 * Keep the events with a status.
	 * @param status the status
	 * @return assertions on these events
	 */
	public LlmUsageEventsAssert withStatus(LlmRequestStatus status) {
		return only("with status " + status, (event) -> event.status() == status);
	}

	/**
	 * Check that there is an event, and that all requests succeeded.
	 * @return these assertions
	 */
	public LlmUsageEventsAssert allSucceeded() {
		return check("to have succeeded", (event) -> event.status() == LlmRequestStatus.SUCCESS);
	}

	/**
	 * Check that there is an event, and that all events have a feature.
	 * @return these assertions
	 */
	public LlmUsageEventsAssert allHaveFeature() {
		return check("to have a feature", (event) -> event.feature() != null);
	}

	/**
	 * Check the sum of the total tokens. Fails if there is no event, and if the number is
	 * unknown for a request that did not fail.
	 * @param limit the maximum
	 * @return these assertions
	 */
	public LlmUsageEventsAssert hasTotalTokensAtMost(long limit) {
		return checkTokens("total", LlmTokenUsage::total, limit);
	}

	/**
	 * Check the sum of the tokens in prompts. Fails if there is no event, and if the
	 * number is unknown for a request that did not fail.
	 * @param limit the maximum
	 * @return these assertions
	 */
	public LlmUsageEventsAssert hasPromptTokensAtMost(long limit) {
		return checkTokens("prompt", LlmTokenUsage::prompt, limit);
	}

	/**
	 * Check the sum of the tokens in completions. Fails if there is no event, and if the
	 * number is unknown for a request that did not fail.
	 * @param limit the maximum
	 * @return these assertions
	 */
	public LlmUsageEventsAssert hasCompletionTokensAtMost(long limit) {
		return checkTokens("completion", LlmTokenUsage::completion, limit);
	}

	private LlmUsageEventsAssert checkTokens(String kind, Function<LlmTokenUsage, @Nullable Long> count, long limit) {
		check("to have a known number of " + kind + " tokens",
				(event) -> event.status() == LlmRequestStatus.ERROR || count.apply(event.tokens()) != null);
		long sum = this.actual.stream()
			.map((event) -> count.apply(event.tokens()))
			.filter(Objects::nonNull)
			.mapToLong(Long::longValue)
			.sum();
		if (sum > limit) {
			failWithMessage("%nExpecting at most <%d> %s tokens but there were <%d>:%n%s", limit, kind, sum,
					EventText.of(this.actual));
		}
		return this;
	}

	private LlmUsageEventsAssert check(String expectation, Predicate<LlmUsageEvent> predicate) {
		if (this.actual.isEmpty()) {
			failWithMessage("%nExpecting events %s but there were none", expectation);
		}
		List<LlmUsageEvent> others = this.actual.stream().filter(predicate.negate()).toList();
		if (!others.isEmpty()) {
			failWithMessage("%nExpecting all of %d event(s) %s but these don't:%n%s", this.actual.size(), expectation,
					EventText.of(others));
		}
		return this;
	}

	private LlmUsageEventsAssert only(String criterion, Predicate<LlmUsageEvent> predicate) {
		List<LlmUsageEvent> events = this.actual.stream().filter(predicate).toList();
		String before = (this.info.description() instanceof Selection selection) ? selection.criteria
				: descriptionText();
		return new LlmUsageEventsAssert(events, this.recorded).describedAs(
				new Selection(before.isEmpty() ? "events " + criterion : before + " " + criterion, this.recorded));
	}

	@Override
	protected ObjectAssert<LlmUsageEvent> toAssert(LlmUsageEvent value, String description) {
		return new ObjectAssert<>(value).as(description);
	}

	@Override
	protected LlmUsageEventsAssert newAbstractIterableAssert(Iterable<? extends LlmUsageEvent> iterable) {
		return new LlmUsageEventsAssert(
				StreamSupport.stream(iterable.spliterator(), false).map(LlmUsageEvent.class::cast).toList(),
				this.recorded);
	}

	/**
	 * The filtered events and their origin. Converted to text on failure only.
	 */
	private static final class Selection extends Description {

		private final String criteria;

		private final List<LlmUsageEvent> recorded;

		private Selection(String criteria, List<LlmUsageEvent> recorded) {
			this.criteria = criteria;
			this.recorded = recorded;
		}

		@Override
		public String value() {
			return "%s, of %d recorded:%n%s%n".formatted(this.criteria, this.recorded.size(),
					EventText.of(this.recorded));
		}

	}

}
