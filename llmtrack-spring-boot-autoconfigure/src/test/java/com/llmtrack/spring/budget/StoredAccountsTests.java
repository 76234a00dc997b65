// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import com.llmtrack.spring.LlmBudgetExceededEvent;
import com.llmtrack.spring.LlmBudgetUnit;
import com.llmtrack.spring.budget.BudgetSettings.Owner;
import com.llmtrack.spring.testsupport.LiveThreads;
import com.llmtrack.spring.testsupport.Waiting;
import io.netty.util.concurrent.FastThreadLocalThread;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StoredAccounts}, by budgets that use them.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(120)
class StoredAccountsTests {

	private static final AccountKey DECEMBER = new AccountKey("a", LlmBudgetUnit.REQUESTS, null,
			Instant.parse("2026-12-01T00:00:00Z"), Instant.parse("2027-01-01T00:00:00Z"));

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final Duration SHORT = Duration.ofMillis(20);

	private final TestClock clock = new TestClock("2026-12-01T12:00:00Z");

	private final List<Object> published = new CopyOnWriteArrayList<>();

	private final List<Budgets> created = new ArrayList<>();

	private final FakeAccountStore store = new FakeAccountStore(Duration.ofMillis(100));

	@AfterEach
	void close() {
		this.created.forEach(Budgets::close);
	}

	private Budgets budgets(FakeAccountStore store, Duration patience, TestBudget budget) {
		Budgets budgets = new Budgets(List.of(budget.settings()), new Costs(null, true), store, this.published::add,
				patience, this.clock, this.clock::nanoTime);
		budgets.open();
		this.created.add(budgets);
		return budgets;
	}

	private static void record(Budgets budgets, int requests) {
		for (int i = 0; i < requests; i++) {
			budgets.record(TestBudget.event().build());
		}
	}

	private static boolean isRefused(Budgets budgets) {
		return budgets.refusal("openai", "gpt-4o", "chat", "acme") != null;
	}

	private void awaitTotal(long total) {
		Waiting.await().until(() -> this.store.total() == total);
	}

	private static int spent(Budgets budgets) {
		return budgets.status().get(0).account().spent().intValueExact();
	}

	@Test
	void additionsAreHandedOverTogether() {
		Budgets budgets = budgets(this.store, LONG, TestBudget.named("a").requests(1_000));
		record(budgets, 500);
		awaitTotal(500);
		assertThat(this.store.amounts()).containsOnlyKeys(DECEMBER);
		assertThat(this.store.additions().size()).isLessThan(50);
		assertThat(spent(budgets)).isEqualTo(500);
	}

	@Test
	void accountIsReadAtTheStart() {
		this.store.addElsewhere(DECEMBER, 7);
		Budgets budgets = budgets(this.store, LONG, TestBudget.named("a").requests(10));
		Waiting.await().until(() -> spent(budgets) == 7);
	}

	@Test
	void nothingIsUsedBeforeTheApplicationIsReady() {
		Budgets budgets = new Budgets(List.of(TestBudget.named("a").requests(1).refuse().settings()),
				new Costs(null, true), this.store, this.published::add, LONG, this.clock, this.clock::nanoTime);
		this.created.add(budgets);
		record(budgets, 1);
		assertThat(isRefused(budgets)).isTrue();
		Waiting.awhile().until(() -> this.store.additions().isEmpty());
		budgets.open();
		awaitTotal(1);
	}

	@Test
	void refusingBudgetKnowsWhatOthersSpent() {
		Budgets budgets = budgets(this.store, LONG, TestBudget.named("a").requests(10).refuse());
		this.store.addElsewhere(DECEMBER, 9);
		assertThat(isRefused(budgets)).isFalse();
		this.store.addElsewhere(DECEMBER, 1);
		this.clock.advance(Duration.ofMillis(101));
		assertThat(isRefused(budgets)).isTrue();
	}

	@Test
	void freshAmountIsNotReadAgain() {
		Budgets budgets = budgets(this.store, LONG, TestBudget.named("a").requests(10).refuse());
		assertThat(isRefused(budgets)).isFalse();
		int reads = this.store.additions().size();
		for (int i = 0; i < 100; i++) {
			assertThat(isRefused(budgets)).isFalse();
		}
		assertThat(this.store.additions()).hasSizeLessThanOrEqualTo(reads + 1);
	}

	@Test
	void accountOfStoreThatNobodySharesIsReadOnce() {
		FakeAccountStore store = new FakeAccountStore(null);
		store.addElsewhere(DECEMBER, 10);
		Budgets budgets = budgets(store, LONG, TestBudget.named("a").requests(10).refuse());
		assertThat(isRefused(budgets)).isTrue();
		int reads = store.additions().size();
		this.clock.advance(Duration.ofHours(1));
		assertThat(isRefused(budgets)).isTrue();
		assertThat(store.additions()).hasSizeLessThanOrEqualTo(reads + 1);
	}

	@Test
	void slowStoreHoldsUpOneRequestForTheTimeout(CapturedOutput output) {
		Budgets budgets = budgets(this.store, SHORT, TestBudget.named("a").requests(1).refuse());
		CountDownLatch hanging = this.store.hang();
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(isRefused(budgets)).isFalse();
		assertThat(output).contains("did not get a fresh amount from the fake store within 20 ms");
		record(budgets, 1);
		assertThat(isRefused(budgets)).isTrue();
		hanging.countDown();
		awaitTotal(1);
	}

	@Test
	void waitsAreNotRepeatedWhileTheStoreIsSlow() {
		Budgets budgets = budgets(this.store, Duration.ofMillis(500), TestBudget.named("a").requests(10).refuse());
		CountDownLatch hanging = this.store.hang();
		this.clock.advance(Duration.ofSeconds(1));
		isRefused(budgets);
		long start = System.nanoTime();
		for (int i = 0; i < 1_000; i++) {
			isRefused(budgets);
		}
		// A thousand waits would take more than eight minutes
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONG);
		hanging.countDown();
	}

	@Test
	void threadThatMustNotWaitDoesNot() throws Exception {
		Budgets budgets = budgets(this.store, LONG, TestBudget.named("a").requests(10).refuse());
		CountDownLatch hanging = this.store.hang();
		this.clock.advance(Duration.ofSeconds(1));
		Boolean refused = Mono.fromCallable(() -> isRefused(budgets))
			.subscribeOn(Schedulers.parallel())
			.toFuture()
			.get(30, TimeUnit.SECONDS);
		assertThat(refused).isFalse();
		hanging.countDown();
	}

	@Test
	void interruptedThreadStaysInterrupted() {
		Budgets budgets = budgets(this.store, LONG, TestBudget.named("a").requests(10).refuse());
		CountDownLatch hanging = this.store.hang();
		this.clock.advance(Duration.ofSeconds(1));
		Thread.currentThread().interrupt();
		assertThat(isRefused(budgets)).isFalse();
		assertThat(Thread.interrupted()).isTrue();
		hanging.countDown();
	}

	@Test
	void failingStoreLetsRequestsGoOnAndGetsTheirAmountsAfterwards(CapturedOutput output) {
		this.store.addElsewhere(DECEMBER, 5);
		Budgets budgets = budgets(this.store, LONG, TestBudget.named("a").requests(100).refuse());
		Waiting.await().until(() -> spent(budgets) == 5);
		this.store.failing(true);
		record(budgets, 20);
		Waiting.await().until(() -> output.getOut().contains("can't be kept in the fake store"));
		record(budgets, 20);
		assertThat(isRefused(budgets)).isFalse();
		assertThat(spent(budgets)).isEqualTo(45);
		record(budgets, 60);
		assertThat(isRefused(budgets)).isTrue();
		this.store.failing(false);
		this.clock.advance(Duration.ofSeconds(11));
		record(budgets, 1);
		isRefused(budgets);
		awaitTotal(106);
		Waiting.await().until(() -> output.getOut().contains("are kept in the fake store again"));
		assertThat(output).containsOnlyOnce("can't be kept in");
	}

	@Test
	void additionWhoseAnswerIsLostCountsOnce() {
		Budgets budgets = budgets(this.store, LONG, TestBudget.named("a").requests(100));
		this.store.losingAnswers(true);
		record(budgets, 3);
		Waiting.await().until(() -> this.store.total() == 3);
		this.store.losingAnswers(false);
		record(budgets, 4);
		this.clock.advance(Duration.ofSeconds(11));
		budgets.flush();
		budgets.flush();
		assertThat(this.store.total()).isEqualTo(7);
		assertThat(spent(budgets)).isEqualTo(7);
	}

	@Test
	void amountsOfAnEndedPeriodAreStillHandedOver() {
		Budgets budgets = budgets(this.store.failing(true), LONG, TestBudget.named("a").requests(100));
		record(budgets, 3);
		this.clock.set("2027-01-01T00:00:00Z");
		record(budgets, 4);
		this.store.failing(false);
		budgets.flush();
		assertThat(this.store.amounts()).containsEntry(DECEMBER, 3L).containsValue(4L).hasSize(2);
	}

	@Test
	void instancesTellOfALevelOnce() {
		TestBudget budget = TestBudget.named("a").requests(1);
		Budgets first = budgets(this.store, LONG, budget);
		Budgets second = budgets(this.store.ofOtherInstance(), LONG, budget);
		record(first, 1);
		Waiting.await().until(() -> this.published.size() == 1);
		record(second, 1);
		awaitTotal(2);
		Waiting.awhile().until(() -> this.published.size() == 1);
		assertThat(this.published).hasOnlyElementsOfType(LlmBudgetExceededEvent.class);
	}

	@Test
	void levelThatOthersReachedIsTold() {
		Budgets budgets = budgets(this.store, LONG, TestBudget.named("a").requests(10).refuse());
		this.store.addElsewhere(DECEMBER, 10);
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(isRefused(budgets)).isTrue();
		Waiting.await().until(() -> this.published.size() == 1);
	}

	@Test
	void levelIsToldThoughTheStoreFails() {
		Budgets budgets = budgets(this.store.failing(true), LONG, TestBudget.named("a").requests(1));
		record(budgets, 1);
		Waiting.await().until(() -> this.published.size() == 1);
	}

	@Test
	void whatIsWaitingIsHandedOverAtTheEnd() {
		LiveThreads threads = LiveThreads.named((name) -> name.startsWith("llmtrack-budget"));
		FakeAccountStore store = new FakeAccountStore(Duration.ofHours(1));
		Budgets budgets = budgets(store, LONG, TestBudget.named("a").per(Owner.CUSTOMER).requests(100));
		record(budgets, 3);
		budgets.flush();
		assertThat(store.total()).isEqualTo(3);
		record(budgets, 2);
		budgets.close();
		assertThat(store.total()).isEqualTo(5);
		assertThat(store.isClosed()).isTrue();
		threads.awaitEnd();
		record(budgets, 1);
		budgets.close();
	}

	@Test
	void budgetsAreOpenedAgain() {
		Budgets budgets = budgets(this.store, LONG, TestBudget.named("a").requests(100));
		record(budgets, 1);
		budgets.flush();
		budgets.open();
		record(budgets, 1);
		awaitTotal(2);
	}

	@Test
	void budgetIsOverrunByTheRequestsInFlightOnly() throws Exception {
		int concurrency = 8;
		Budgets budgets = budgets(this.store, LONG, TestBudget.named("a").requests(100).refuse());
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < concurrency; i++) {
			threads.add(new Thread(() -> {
				while (!isRefused(budgets)) {
					record(budgets, 1);
				}
			}));
		}
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join(60_000);
		}
		assertThat(spent(budgets)).isBetween(100, 100 + concurrency - 1);
		budgets.flush();
		assertThat(this.store.total()).isEqualTo(spent(budgets));
	}

	@Test
	void whatWasAddedAfterAFailureIsHandedOverAtTheEnd() {
		Budgets budgets = budgets(this.store.failing(true), LONG, TestBudget.named("a").requests(100).refuse());
		record(budgets, 2);
		isRefused(budgets);
		record(budgets, 5);
		this.store.failing(false);
		budgets.close();
		assertThat(this.store.total()).isEqualTo(7);
	}

	@Test
	void whatIsLostAtTheEndIsSaid(CapturedOutput output) {
		Budgets budgets = budgets(this.store.failing(true), LONG, TestBudget.named("a").requests(100));
		record(budgets, 2);
		budgets.close();
		assertThat(output).contains("The latest additions to accounts of budgets are missing in the fake store")
			.contains("Accounts: 1.");
	}

	@Test
	void whatWasAddedAfterAFailedReadIsHandedOverWithoutFurtherRequests(CapturedOutput output) {
		Budgets budgets = budgets(this.store, LONG, TestBudget.named("a").requests(100).refuse());
		assertThat(isRefused(budgets)).isFalse();
		this.store.failing(true);
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(isRefused(budgets)).isFalse();
		assertThat(output).contains("can't be kept in the fake store");
		this.store.failing(false);
		this.clock.advance(Duration.ofSeconds(11));
		record(budgets, 5);
		awaitTotal(5);
	}

	@Test
	void threadsOfNettyDoNotWait() throws Exception {
		Budgets budgets = budgets(this.store, LONG, TestBudget.named("a").requests(10).refuse());
		CountDownLatch hanging = this.store.hang();
		this.clock.advance(Duration.ofSeconds(1));
		CompletableFuture<Boolean> refused = new CompletableFuture<>();
		new FastThreadLocalThread(() -> refused.complete(isRefused(budgets))).start();
		assertThat(refused.get(30, TimeUnit.SECONDS)).isFalse();
		hanging.countDown();
	}

	@Test
	void severalBudgetsAreReadTogether() {
		List<BudgetSettings> settings = IntStream.range(0, 10)
			.mapToObj((i) -> TestBudget.named("budget-" + i).requests(10).refuse().settings())
			.toList();
		Budgets budgets = new Budgets(settings, new Costs(null, true), this.store, this.published::add, LONG,
				this.clock, this.clock::nanoTime);
		this.created.add(budgets);
		budgets.open();
		assertThat(isRefused(budgets)).isFalse();
		int calls = this.store.calls();
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(isRefused(budgets)).isFalse();
		// Another one may hand over what is queued for a reason of its own
		assertThat(this.store.calls() - calls).isBetween(1, 2);
	}

	@Test
	void requestsThatWaitForAHangingStoreTakeNoMemory() {
		Budgets budgets = budgets(this.store, SHORT, TestBudget.named("a").requests(10).refuse());
		CountDownLatch hanging = this.store.hang();
		this.clock.advance(Duration.ofSeconds(1));
		for (int i = 0; i < 1_000; i++) {
			isRefused(budgets);
		}
		int read = this.store.additions().size();
		hanging.countDown();
		budgets.flush();
		assertThat(this.store.additions().size() - read).isLessThan(10);
	}

	@Test
	void accountsThatTheStoreHasForgottenAreDropped(CapturedOutput output) {
		Budgets budgets = budgets(this.store.failing(true), LONG,
				TestBudget.named("a").requests(100).period(BudgetPeriod.HOUR, "UTC"));
		record(budgets, 2);
		budgets.flush();
		this.clock.advance(Duration.ofHours(26));
		budgets.flush();
		assertThat(output).contains("The latest additions to accounts of budgets are missing");
		this.store.failing(false);
		budgets.flush();
		assertThat(this.store.total()).isZero();
	}

	@Test
	void statusHasTheNextAnswerBeAFreshOne() {
		Budgets budgets = budgets(this.store, LONG, TestBudget.named("a").requests(100));
		Waiting.await().until(() -> !this.store.additions().isEmpty());
		this.store.addElsewhere(DECEMBER, 7);
		this.clock.advance(Duration.ofSeconds(1));
		Waiting.await().until(() -> spent(budgets) == 7);
	}

}
