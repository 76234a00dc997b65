// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import com.llmtrack.spring.files.OwnerOnly;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the accounts of an application in a file, so that they survive a restart. All its
 * processes on this machine share the file, which has the name of the application.
 * <p>
 * <b>Threads:</b> one at a time, which waits for the disk, and for another process a
 * second at most. <b>Loss:</b> what is in the file survives a killed process; as it is
 * not forced to the disk, a power failure can lose the last seconds. A file that is
 * damaged after that is put aside, and the accounts begin again at 0. <b>Size:</b>
 * accounts are removed a day after their period has ended.
 */
public final class FileAccountStore implements AccountStore {

	private static final int MAX_NAME = 100;

	private final Path directory;

	private final AccountFile file;

	private final FileTurn turn;

	private final Clock clock;

	/** The last addition to each account that is in the file. */
	private final Map<AccountKey, Long> added = new HashMap<>();

	/**
	 * Create a store. Nothing is read or written before its first use.
	 * @param directory the directory, which is created if it is missing
	 * @param application the name of the application, any text
	 */
	public FileAccountStore(Path directory, String application) {
		this(directory, application, Clock.systemUTC());
	}

	FileAccountStore(Path directory, String application, Clock clock) {
		this.directory = directory;
		String name = fileName(application) + ".accounts";
		this.file = new AccountFile(directory.resolve(name));
		this.turn = new FileTurn(directory.resolve(name + ".lock"));
		this.clock = clock;
	}

	private static String fileName(String application) {
		String name = URLEncoder.encode(application, StandardCharsets.UTF_8).replace("*", "%2A");
		if (name.length() <= MAX_NAME) {
			return name;
		}
		// File systems have a maximum
		return name.substring(0, MAX_NAME) + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public Map<AccountKey, Long> add(Collection<Addition> additions) {
		return use(() -> {
			Collection<Addition> due = additions.stream().filter(this::isDue).toList();
			if (!due.isEmpty()) {
				write((accounts) -> due.forEach((addition) -> add(addition, accounts)));
				due.forEach((addition) -> this.added.put(addition.account(), addition.id()));
			}
			Map<AccountKey, KeptAccount> accounts = this.file.read();
			if (!due.isEmpty()) {
				this.added.keySet().retainAll(accounts.keySet());
			}
			Map<AccountKey, Long> amounts = new HashMap<>();
			additions.forEach((addition) -> amounts.put(addition.account(),
					accounts.getOrDefault(addition.account(), KeptAccount.EMPTY).amount()));
			return amounts;
		});
	}

	private boolean isDue(Addition addition) {
		return addition.amount() != 0 && addition.id() > this.added.getOrDefault(addition.account(), Long.MIN_VALUE);
	}

	private static void add(Addition addition, Map<AccountKey, KeptAccount> accounts) {
		KeptAccount account = accounts.getOrDefault(addition.account(), KeptAccount.EMPTY);
		accounts.put(addition.account(),
				new KeptAccount(Math.addExact(account.amount(), addition.amount()), account.claims()));
	}

	@Override
	public boolean claim(AccountKey key, String what) {
		return use(() -> {
			KeptAccount account = this.file.read().getOrDefault(key, KeptAccount.EMPTY);
			Set<String> claims = new HashSet<>(account.claims());
			if (!claims.add(what)) {
				return false;
			}
			write((accounts) -> accounts.put(key, new KeptAccount(account.amount(), claims)));
			return true;
		});
	}

	private <T> T use(FileTurn.Action<T> action) {
		try {
			OwnerOnly.createDirectories(this.directory);
			return this.turn.use(action);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void write(AccountFile.Change change) throws IOException {
		Instant now = this.clock.instant();
		this.file.write((accounts) -> {
			change.apply(accounts);
			accounts.keySet().removeIf((account) -> account.expiresAt().isBefore(now));
		});
	}

	/**
	 * Other processes of the application on this machine are rare: what they add is
	 * learned with each addition.
	 */
	@Override
	public @Nullable Duration freshness() {
		return null;
	}

	@Override
	public String description() {
		return "the file " + this.file;
	}

}
