// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import com.llmtrack.spring.LlmBudgetUnit;
import org.jspecify.annotations.Nullable;

/**
 * Accounts as text: one per line, between a line that names the format and this content,
 * at random, and one that says how many accounts there are, so that an incomplete file is
 * noticed. Nearly all accounts have the period of another one, so that its times and the
 * name of the budget are converted once.
 */
final class AccountFormat {

	private static final String FORMAT = "LLMtrack accounts 1 ";

	/** Without its end; a file that begins with the same one has the same content. */
	static final int FIRST_LINE_LENGTH = FORMAT.length() + new UUID(0, 0).toString().length();

	private static final String LAST_LINE = "accounts: ";

	private static final String SEPARATOR = "\t";

	/** Budget, unit, start, end, amount, claims and the owner, if there is one. */
	private static final int FIELDS = 7;

	private AccountFormat() {
	}

	static byte[] write(Map<AccountKey, KeptAccount> accounts) {
		StringBuilder text = new StringBuilder(FORMAT).append(UUID.randomUUID()).append('\n');
		Map<Instant, String> times = new HashMap<>();
		accounts.forEach((key, account) -> {
			text.append(key.budget()).append(SEPARATOR).append(key.unit().name());
			text.append(SEPARATOR).append(times.computeIfAbsent(key.start(), Instant::toString));
			text.append(SEPARATOR).append(times.computeIfAbsent(key.end(), Instant::toString));
			text.append(SEPARATOR).append(account.amount());
			text.append(SEPARATOR).append(String.join(",", account.claims()));
			if (key.owner() != null) {
				text.append(SEPARATOR).append(URLEncoder.encode(key.owner(), StandardCharsets.UTF_8));
			}
			text.append('\n');
		});
		return text.append(LAST_LINE).append(accounts.size()).append('\n').toString().getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Read accounts.
	 * @throws IllegalArgumentException if it is not a complete file of this format
	 */
	static Map<AccountKey, KeptAccount> read(byte[] content) {
		List<String> lines = new String(content, StandardCharsets.UTF_8).lines().toList();
		int count = lines.size() - 2;
		check(count >= 0 && lines.get(0).startsWith(FORMAT) && lines.get(0).length() == FIRST_LINE_LENGTH
				&& lines.get(count + 1).equals(LAST_LINE + count));
		Map<AccountKey, KeptAccount> accounts = new HashMap<>();
		Map<String, Instant> times = new HashMap<>();
		Map<String, String> budgets = new HashMap<>();
		try {
			for (String line : lines.subList(1, count + 1)) {
				String[] fields = line.split(SEPARATOR, -1);
				check(fields.length == FIELDS - 1 || fields.length == FIELDS);
				@Nullable String owner = (fields.length == FIELDS) ? URLDecoder.decode(fields[6], StandardCharsets.UTF_8) : null;
				AccountKey key = new AccountKey(budgets.computeIfAbsent(fields[0], (name) -> name),
						LlmBudgetUnit.valueOf(fields[1]), owner, times.computeIfAbsent(fields[2], Instant::parse),
						times.computeIfAbsent(fields[3], Instant::parse));
				accounts.put(key, new KeptAccount(Long.parseLong(fields[4]), claims(fields[5])));
			}
		}
		catch (DateTimeException ex) {
			throw new IllegalArgumentException(ex);
		}
		return accounts;
	}

	private static Set<String> claims(String field) {
		return field.isEmpty() ? Set.of() : Set.of(field.split(","));
	}

	private static void check(boolean complete) {
		if (!complete) {
			throw new IllegalArgumentException("Not a complete file of accounts");
		}
	}

}
