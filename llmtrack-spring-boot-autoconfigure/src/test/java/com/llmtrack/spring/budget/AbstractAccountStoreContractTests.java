// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import com.llmtrack.spring.LlmBudgetUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What each {@link AccountStore} has to do.
 */
@Timeout(60)
public abstract class AbstractAccountStoreContractTests {

	private static final Instant START = Instant.now().truncatedTo(ChronoUnit.HOURS);

	private static final Instant END = START.plus(1, ChronoUnit.HOURS);

	protected static final AccountKey ACCOUNT = key("support", null);

	/**
	 * Return a store of another process on the same accounts.
	 */
	protected abstract AccountStore store();

	protected static AccountKey key(String budget, String owner) {
		return new AccountKey(budget, LlmBudgetUnit.USD, owner, START, END);
	}

	protected static long add(AccountStore store, AccountKey account, long id, long amount) {
		return store.add(List.of(new Addition(account, id, amount))).get(account);
	}

	protected static long read(AccountStore store, AccountKey account) {
		return add(store, account, Long.MAX_VALUE / 4096, 0);
	}

	@Test
	void additionsOfAllProcessesAddUp() {
		AccountStore store = store();
		AccountStore other = store();
		assertThat(add(store, ACCOUNT, 1, 5)).isEqualTo(5);
		assertThat(add(other, ACCOUNT, 1, 7)).isEqualTo(12);
		assertThat(add(store, ACCOUNT, 2, -2)).isEqualTo(10);
		assertThat(read(other, ACCOUNT)).isEqualTo(10);
		assertThat(read(store(), ACCOUNT)).isEqualTo(10);
	}

	@Test
	void additionThatIsHandedOverAgainCountsOnce() {
		AccountStore store = store();
		add(store, ACCOUNT, 1, 5);
		add(store(), ACCOUNT, 1, 7);
		assertThat(add(store, ACCOUNT, 1, 5)).isEqualTo(12);
		add(store, ACCOUNT, 3, 1);
		assertThat(add(store, ACCOUNT, 1, 5)).isEqualTo(13);
	}

	@Test
	void readingAddsNothing() {
		AccountStore store = store();
		assertThat(read(store, ACCOUNT)).isZero();
		assertThat(add(store, ACCOUNT, 1, 5)).isEqualTo(5);
		assertThat(add(store, ACCOUNT, 2, 0)).isEqualTo(5);
	}

	@Test
	void nothingIsAddedToNoAccount() {
		assertThat(store().add(List.of())).isEmpty();
	}

	@Test
	void accountsAreSeparate() {
		List<AccountKey> accounts = List.of(ACCOUNT, key("Support", null), key("support", ""), key("support", "acme"),
				key("support", "Acme"), key("support", "a:b"), key("support", "a\tb\r\nc %,+*{}"),
				key("support", "\u00e4\u65e5\ud83d\ude00"),
				new AccountKey("support", LlmBudgetUnit.USD, null, END, END.plusSeconds(3600)),
				new AccountKey("support", LlmBudgetUnit.USD, null, START, END.plusSeconds(3600)),
				new AccountKey("support", LlmBudgetUnit.TOKENS, null, START, END));
		AccountStore store = store();
		for (int i = 0; i < accounts.size(); i++) {
			assertThat(add(store, accounts.get(i), i, i + 1)).isEqualTo(i + 1);
		}
		for (int i = 0; i < accounts.size(); i++) {
			assertThat(read(store(), accounts.get(i))).isEqualTo(i + 1);
		}
	}

	@Test
	void manyAccountsAreAddedToAtOnce() {
		List<Addition> additions = IntStream.range(0, 500)
			.mapToObj((i) -> new Addition(key("per-customer", "customer-" + i), i + 1, i * 10L))
			.toList();
		AccountStore store = store();
		store.add(additions.subList(0, 250));
		assertThat(store.add(additions)).hasSize(500)
			.allSatisfy((account, amount) -> assertThat(account.owner()).isEqualTo("customer-" + amount / 10));
	}

	@ParameterizedTest
	@ValueSource(longs = { 9007199254740993L, Long.MAX_VALUE / 2 })
	void largeAmountsAreExact(long amount) {
		assertThat(add(store(), ACCOUNT, 1, amount)).isEqualTo(amount);
		assertThat(add(store(), ACCOUNT, 1, 1)).isEqualTo(amount + 1);
		assertThat(add(store(), ACCOUNT, 1, -amount)).isEqualTo(1);
	}

	@Test
	void oneProcessClaims() {
		AccountStore store = store();
		assertThat(store.claim(ACCOUNT, "WARNING")).isTrue();
		assertThat(store.claim(ACCOUNT, "WARNING")).isFalse();
		assertThat(store().claim(ACCOUNT, "WARNING")).isFalse();
		assertThat(store().claim(ACCOUNT, "EXCEEDED")).isTrue();
		assertThat(store().claim(key("support", "acme"), "WARNING")).isTrue();
	}

	@Test
	void claimsAndAmountsLeaveEachOtherAlone() {
		AccountStore store = store();
		store.claim(ACCOUNT, "WARNING");
		assertThat(add(store, ACCOUNT, 1, 5)).isEqualTo(5);
		store.claim(ACCOUNT, "EXCEEDED");
		assertThat(read(store(), ACCOUNT)).isEqualTo(5);
		assertThat(store().claim(ACCOUNT, "WARNING")).isFalse();
	}

	@Test
	void processesMayAddAtTheSameTime() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			List<Future<Long>> claims = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				claims.add(threads.submit(() -> {
					AccountStore store = store();
					LongStream.rangeClosed(1, 50).forEach((id) -> {
						add(store, ACCOUNT, id, id);
						add(store, ACCOUNT, id, id);
					});
					return IntStream.range(0, 10).filter((id) -> store.claim(ACCOUNT, "level-" + id)).count();
				}));
			}
			long claimed = 0;
			for (Future<Long> claim : claims) {
				claimed += claim.get();
			}
			assertThat(claimed).isEqualTo(10);
			assertThat(read(store(), ACCOUNT)).isEqualTo(4 * 1275);
		}
		finally {
			threads.shutdownNow();
		}
	}

}
