// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmBudgetAccount;
import com.llmtrack.spring.LlmBudgetExceededEvent;
import com.llmtrack.spring.LlmBudgetExceededException;
import com.llmtrack.spring.LlmBudgetWarningEvent;
import com.llmtrack.spring.LlmCostCalculator;
import com.llmtrack.spring.LlmCustomer;
import com.llmtrack.spring.LlmTokenUsage;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.budget.BudgetSettings.Owner;
import com.llmtrack.spring.testsupport.LiveThreads;
import com.llmtrack.spring.testsupport.Waiting;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Budgets} in memory.
 */
@ExtendWith(OutputCaptureExtension.class)
class BudgetsTests {

	private final TestClock clock = new TestClock("2026-12-01T12:00:00Z");

	private final List<Object> published = new CopyOnWriteArrayList<>();

	private final List<Budgets> created = new ArrayList<>();

	@AfterEach
	void close() {
		this.created.forEach(Budgets::close);
	}

	private Budgets budgets(TestBudget... budgets) {
		return budgets((CostEstimates) null, true, budgets);
	}

	private Budgets budgets(@Nullable LlmCostCalculator prices, boolean answered, TestBudget... settings) {
		return budgets((prices != null) ? new Estimates(prices) : null, answered, settings);
	}

	private Budgets budgets(@Nullable CostEstimates estimates, boolean answered, TestBudget... settings) {
		Budgets budgets = new Budgets(Stream.of(settings).map(TestBudget::settings).toList(),
				new Costs(estimates, answered), null, this.published::add, Duration.ZERO, this.clock, () -> 0);
		this.created.add(budgets);
		return budgets;
	}

	private static String spent(Budgets budgets) {
		return budgets.status().get(0).account().spent().toPlainString();
	}

	@Test
	void requestsTokensAndDollarsAreCounted() {
		Budgets budgets = budgets(TestBudget.named("a").requests(10), TestBudget.named("b").tokens(1_000),
				TestBudget.named("c").dollars("5"));
		budgets.record(TestBudget.costing("0.25"));
		budgets.record(TestBudget.costing("0.5"));
		assertThat(budgets.status()).extracting((status) -> status.account().toString())
			.containsExactly("Budget 'a': 2 of 10 requests spent", "Budget 'b': 200 of 1000 tokens spent",
					"Budget 'c': 0.75 of 5 USD spent");
	}

	@Test
	void missingTotalIsTheSumOfKnownTokens() {
		Budgets budgets = budgets(TestBudget.named("a").tokens(1_000));
		budgets.record(TestBudget.event().tokens(LlmTokenUsage.of(7L, null, null)).build());
		budgets.record(TestBudget.event().tokens(LlmTokenUsage.UNKNOWN).build());
		assertThat(spent(budgets)).isEqualTo("7");
	}

	@Test
	void onlyMatchingRequestsCount() {
		Budgets budgets = budgets(
				TestBudget.named("a").feature("chat").customer("acme").provider("openai").model("gpt-4o"));
		budgets.record(TestBudget.event().build());
		budgets.record(TestBudget.event().feature("search").build());
		budgets.record(TestBudget.event().feature(null).build());
		budgets.record(TestBudget.event().customer(LlmCustomer.of("other")).build());
		budgets.record(TestBudget.event().customer(null).build());
		budgets.record(TestBudget.event().provider("azure").build());
		budgets.record(TestBudget.event().model("gpt-4o-mini").build());
		assertThat(spent(budgets)).isEqualTo("1");
	}

	@Test
	void eachCustomerHasAnAccount() {
		Budgets budgets = budgets(TestBudget.named("a").per(Owner.CUSTOMER).requests(2).refuse());
		budgets.record(TestBudget.event().build());
		budgets.record(TestBudget.event().build());
		budgets.record(TestBudget.event().customer(LlmCustomer.of("other")).build());
		budgets.record(TestBudget.event().customer(null).build());
		BudgetStatus status = budgets.status().get(0);
		assertThat(status.accounts()).isEqualTo(2);
		assertThat(status.fullest()).extracting(LlmBudgetAccount::owner, (account) -> account.spent().intValue())
			.containsExactly(Tuple.tuple("acme", 2), Tuple.tuple("other", 1));
		assertThat(refusal(budgets, "chat", "acme")).isNotNull();
		assertThat(refusal(budgets, "chat", "other")).isNull();
		assertThat(refusal(budgets, "chat", null)).isNull();
	}

	@Test
	void eachFeatureHasAnAccount() {
		Budgets budgets = budgets(TestBudget.named("a").per(Owner.FEATURE).requests(1).refuse());
		budgets.record(TestBudget.event().build());
		assertThat(refusal(budgets, "chat", null)).isNotNull();
		assertThat(refusal(budgets, "search", null)).isNull();
	}

	@Test
	void tenFullestAccountsAreShown() {
		Budgets budgets = budgets(TestBudget.named("a").per(Owner.CUSTOMER).tokens(1_000_000));
		for (long i = 1; i <= 50; i++) {
			budgets.record(TestBudget.event()
				.customer(LlmCustomer.of("customer-" + i))
				.tokens(LlmTokenUsage.of(null, null, 1_000 + i))
				.build());
		}
		BudgetStatus status = budgets.status().get(0);
		assertThat(status.accounts()).isEqualTo(50);
		assertThat(status.account().owner()).isEqualTo("customer-50");
		assertThat(status.fullest()).extracting(LlmBudgetAccount::owner)
			.hasSize(10)
			.startsWith("customer-50", "customer-49")
			.endsWith("customer-41");
	}

	@Test
	void accountsAreBounded(CapturedOutput output) {
		Budget budget = new Budget(TestBudget.named("a").per(Owner.CUSTOMER).settings(), this.clock.millis(), 3);
		for (int i = 0; i < 10; i++) {
			budget.account("openai", "gpt-4o", null, "customer-" + i, this.clock.millis());
		}
		assertThat(budget.status(this.clock.millis()).accounts()).isEqualTo(3);
		assertThat(budget.account("openai", "gpt-4o", null, "customer-0", this.clock.millis())).isNotNull();
		assertThat(output).containsOnlyOnce("Budget 'a' has 3 accounts");
		this.clock.set("2027-01-01T00:00:00Z");
		assertThat(budget.account("openai", "gpt-4o", null, "customer-9", this.clock.millis())).isNotNull();
	}

	@Test
	void nextPeriodBeginsWithNothingSpent() {
		Budgets budgets = budgets(
				TestBudget.named("a").requests(1).refuse().period(BudgetPeriod.DAY, "America/New_York"));
		budgets.record(TestBudget.event().build());
		this.clock.set("2026-12-02T04:59:59.999Z");
		LlmBudgetExceededException refusal = refusal(budgets, "chat", null);
		assertThat(refusal).isNotNull();
		assertThat(refusal)
			.hasMessage("Budget 'a': 1 of 1 requests spent. Requests are refused until " + "2026-12-02T00:00-05:00.");
		this.clock.set("2026-12-02T05:00:00Z");
		assertThat(refusal(budgets, "chat", null)).isNull();
		assertThat(spent(budgets)).isEqualTo("0");
		assertThat(budgets.status().get(0).account().start()).isEqualTo("2026-12-02T00:00:00-05:00");
	}

	@Test
	void clockThatIsSetBackChangesNothing() {
		Budgets budgets = budgets(TestBudget.named("a").requests(1).refuse());
		budgets.record(TestBudget.event().build());
		this.clock.set("2026-11-30T23:59:00Z");
		assertThat(refusal(budgets, "chat", null)).isNotNull();
	}

	private static @Nullable LlmBudgetExceededException refusal(Budgets budgets, @Nullable String feature,
			@Nullable String customer) {
		return budgets.refusal("openai", "gpt-4o", feature, customer);
	}

	@Test
	void budgetThatOnlyWarnsRefusesNothing() {
		Budgets budgets = budgets(TestBudget.named("a").requests(1));
		budgets.record(TestBudget.event().build());
		assertThat(budgets.mayRefuse()).isFalse();
		assertThat(refusal(budgets, "chat", null)).isNull();
	}

	@Test
	void limitOfZeroRefusesEverything() {
		Budgets budgets = budgets(TestBudget.named("stop").requests(0).refuse());
		assertThat(refusal(budgets, null, null)).isNotNull();
		assertThat(budgets.status().get(0)).satisfies((status) -> {
			assertThat(status.refused()).isEqualTo(1);
			assertThat(status.state()).isEqualTo(BudgetStatus.State.EXCEEDED);
		});
	}

	@Test
	void refusedRequestsAreCounted() {
		Budgets budgets = budgets(TestBudget.named("a").requests(1).refuse(), TestBudget.named("b").requests(5));
		budgets.record(TestBudget.event().build());
		refusal(budgets, "chat", null);
		refusal(budgets, "chat", null);
		assertThat(budgets.status()).extracting(BudgetStatus::refused).containsExactly(2L, 0L);
	}

	@Test
	void eachLevelIsToldOncePerPeriod(CapturedOutput output) {
		Budgets budgets = budgets(TestBudget.named("a").dollars("10"));
		for (int i = 0; i < 15; i++) {
			budgets.record(TestBudget.costing("1"));
		}
		Waiting.await().until(() -> this.published.size() >= 2);
		assertThat(this.published).hasSize(2);
		assertThat(this.published.get(0)).isInstanceOfSatisfying(LlmBudgetWarningEvent.class,
				(event) -> assertThat(event.account().spent()).isEqualByComparingTo("8"));
		assertThat(this.published.get(1)).isInstanceOfSatisfying(LlmBudgetExceededEvent.class,
				(event) -> assertThat(event.account().spent()).isEqualByComparingTo("10"));
		assertThat(output).containsOnlyOnce("Budget 'a': 8 of 10 USD spent (80 %)")
			.containsOnlyOnce("Budget 'a': 10 of 10 USD spent, which is the limit")
			.contains("Requests go on.");
		this.clock.set("2027-01-01T00:00:00Z");
		budgets.record(TestBudget.costing("20"));
		Waiting.await().until(() -> this.published.size() >= 3);
		assertThat(this.published.get(2)).isInstanceOf(LlmBudgetExceededEvent.class);
	}

	@Test
	void slowListenerHoldsUpNoRequestAndItsThreadEnds() {
		LiveThreads threads = LiveThreads.named((name) -> name.startsWith("llmtrack-budget"));
		CountDownLatch slow = new CountDownLatch(1);
		Budgets budgets = new Budgets(List.of(TestBudget.named("a").requests(1).settings()), new Costs(null, true),
				null, (event) -> await(slow), Duration.ZERO, this.clock, () -> 0);
		for (int i = 0; i < 5; i++) {
			budgets.record(TestBudget.event().build());
		}
		assertThat(spent(budgets)).isEqualTo("5");
		assertThat(threads.started()).hasSize(1).allMatch(Thread::isDaemon);
		slow.countDown();
		threads.awaitEnd();
		budgets.close();
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await(60, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void failingListenerDoesNotAffectOtherEvents() {
		Budgets budgets = new Budgets(
				List.of(TestBudget.named("a").requests(1).settings(), TestBudget.named("b").requests(1).settings()),
				new Costs(null, true), null, (event) -> {
					this.published.add(event);
					throw new IllegalStateException("mail server is down");
				}, Duration.ZERO, this.clock, () -> 0);
		this.created.add(budgets);
		budgets.record(TestBudget.event().build());
		Waiting.await().until(() -> this.published.size() == 2);
	}

	@Test
	void estimateIsCorrectedByAnswer() {
		Budgets budgets = budgets((event) -> new BigDecimal("0.10"), true, TestBudget.named("a").dollars("5"));
		LlmUsageEvent event = TestBudget.event().build();
		budgets.record(event);
		assertThat(spent(budgets)).isEqualTo("0.1");
		budgets.correct(event, new BigDecimal("0.07"), Duration.ofSeconds(1));
		assertThat(spent(budgets)).isEqualTo("0.07");
	}

	@Test
	void costIsThatOfTheAnswerWhereNothingEstimatesIt() {
		Budgets budgets = budgets(TestBudget.named("a").dollars("5"), TestBudget.named("b").requests(5));
		LlmUsageEvent event = TestBudget.event().build();
		budgets.record(event);
		budgets.correct(event, new BigDecimal("0.07"), Duration.ZERO);
		assertThat(budgets.status()).extracting((status) -> status.account().spent().toPlainString())
			.containsExactly("0.07", "1");
	}

	@Test
	void costThatTheApplicationSaysIsFinal() {
		Budgets budgets = budgets((event) -> new BigDecimal("9"), true, TestBudget.named("a").dollars("5"));
		LlmUsageEvent event = TestBudget.costing("0.2");
		budgets.record(event);
		budgets.correct(event, new BigDecimal("0.07"), Duration.ZERO);
		assertThat(spent(budgets)).isEqualTo("0.2");
	}

	@Test
	void correctionOfAnEarlierPeriodIsLeftOut() {
		Budgets budgets = budgets(TestBudget.named("a").dollars("5"));
		LlmUsageEvent event = TestBudget.event().build();
		budgets.record(event);
		this.clock.set("2027-01-01T00:00:10Z");
		budgets.correct(event, new BigDecimal("0.07"), Duration.ofSeconds(11));
		assertThat(spent(budgets)).isEqualTo("0");
		budgets.correct(event, new BigDecimal("0.07"), Duration.ofSeconds(9));
		assertThat(spent(budgets)).isEqualTo("0.07");
	}

	@Test
	void correctionBelowZeroCountsAsNothing() {
		// As after a restart without a store
		Budgets budgets = budgets((event) -> new BigDecimal("0.10"), true, TestBudget.named("a").dollars("5"));
		budgets.correct(TestBudget.event().build(), new BigDecimal("0.07"), Duration.ZERO);
		assertThat(spent(budgets)).isEqualTo("0");
	}

	@Test
	void modelWithoutPriceIsToldOnce(CapturedOutput output) {
		Budgets budgets = budgets((CostEstimates) null, false, TestBudget.named("a").dollars("5"));
		budgets.record(TestBudget.event().tokens(LlmTokenUsage.UNKNOWN).build());
		assertThat(output).doesNotContain("gpt-4o");
		budgets.record(TestBudget.event().build());
		budgets.record(TestBudget.event().build());
		assertThat(output).containsOnlyOnce("Budgets in USD count 0 for requests to 'gpt-4o-2024-08-06' of openai");
	}

	@Test
	void modelWithoutPriceIsToldWhenLlmTrackDoesNotKnowItEither(CapturedOutput output) {
		Budgets budgets = budgets(TestBudget.named("a").dollars("5"));
		budgets.record(TestBudget.event().build());
		assertThat(output).doesNotContain("Budgets in USD count 0");
		budgets.correct(TestBudget.event().build(), null, Duration.ZERO);
		assertThat(output).containsOnlyOnce("Budgets in USD count 0");
	}

	@Test
	void pricesAreOfNoInterestToOtherBudgets(CapturedOutput output) {
		Budgets budgets = budgets((event) -> {
			throw new IllegalStateException();
		}, false, TestBudget.named("a").requests(5));
		budgets.record(TestBudget.event().build());
		assertThat(output).doesNotContain("Budgets in USD");
	}

	@Test
	void failingEstimateCountsNothing() {
		Budgets budgets = budgets((event) -> {
			throw new IllegalStateException();
		}, true, TestBudget.named("a").dollars("5"));
		budgets.record(TestBudget.event().build());
		assertThat(spent(budgets)).isEqualTo("0");
	}

	@Test
	void budgetsWithoutStoreHaveNoThread() {
		LiveThreads threads = LiveThreads.named((name) -> name.startsWith("llmtrack-budget"));
		Budgets budgets = budgets(TestBudget.named("a").requests(5).refuse());
		budgets.open();
		budgets.record(TestBudget.event().build());
		refusal(budgets, "chat", null);
		assertThat(threads.started()).isEmpty();
	}

	@Test
	void noBudgetsAreEmpty() {
		assertThat(Budgets.none().isEmpty()).isTrue();
		assertThat(Budgets.none().mayRefuse()).isFalse();
		assertThat(Budgets.none().status()).isEmpty();
	}

	@Test
	void eventsBeforeEstimatesAreReadyCountAfterwardsInTheirOrder(CapturedOutput output) {
		Estimates estimates = new Estimates((event) -> new BigDecimal("0.10")).notReady();
		Budgets budgets = budgets(estimates, false, TestBudget.named("a").dollars("5"));
		LlmUsageEvent event = TestBudget.event().build();
		budgets.record(event);
		budgets.correct(event, new BigDecimal("0.07"), Duration.ofSeconds(1));
		assertThat(spent(budgets)).isEqualTo("0");
		estimates.ready();
		assertThat(spent(budgets)).isEqualTo("0.07");
		assertThat(output).doesNotContain("Budgets in USD count 0");
	}

	@Test
	void limitOfZeroIsToldWithTheFirstRefusal() {
		Budgets budgets = budgets(TestBudget.named("stop").requests(0).refuse());
		refusal(budgets, null, null);
		refusal(budgets, null, null);
		Waiting.await().until(() -> this.published.size() == 1);
		assertThat(this.published).hasOnlyElementsOfType(LlmBudgetExceededEvent.class);
	}

	@Test
	void nothingIsToldAfterTheEnd(CapturedOutput output) {
		Budgets budgets = budgets(TestBudget.named("a").requests(1));
		budgets.close();
		budgets.record(TestBudget.event().build());
		assertThat(spent(budgets)).isEqualTo("1");
		assertThat(output).doesNotContain("listeners");
	}

	@Test
	void clockThatWasFarAheadIsForgotten() {
		Budgets budgets = budgets(TestBudget.named("a").requests(1).refuse());
		this.clock.set("2027-01-15T00:00:00Z");
		budgets.record(TestBudget.event().build());
		this.clock.set("2026-12-02T00:00:00Z");
		assertThat(refusal(budgets, "chat", null)).isNull();
		assertThat(budgets.status().get(0).account().end()).isEqualTo("2027-01-01T00:00:00Z");
	}

	@Test
	void amountsBeyondAllBoundsStayExhausted() {
		Budgets budgets = budgets(TestBudget.named("a").tokens(10).refuse(), TestBudget.named("b").requests(10));
		for (int i = 0; i < 3; i++) {
			budgets.record(TestBudget.event().tokens(LlmTokenUsage.of(null, null, Long.MAX_VALUE)).build());
		}
		assertThat(refusal(budgets, "chat", null)).isNotNull();
		assertThat(budgets.status("b")).isNotNull()
			.satisfies((status) -> assertThat(status.account().spent()).isEqualByComparingTo("3"));
	}

	private static final class Estimates implements CostEstimates {

		private final LlmCostCalculator prices;

		private final List<Runnable> waiting = new ArrayList<>();

		private boolean ready = true;

		Estimates(LlmCostCalculator prices) {
			this.prices = prices;
		}

		Estimates notReady() {
			this.ready = false;
			return this;
		}

		void ready() {
			this.ready = true;
			this.waiting.forEach(Runnable::run);
		}

		@Override
		public @Nullable BigDecimal estimate(LlmUsageEvent event) {
			return this.ready ? this.prices.calculate(event) : null;
		}

		@Override
		public void whenReady(Runnable action) {
			if (this.ready) {
				action.run();
			}
			else {
				this.waiting.add(action);
			}
		}

	}

}
