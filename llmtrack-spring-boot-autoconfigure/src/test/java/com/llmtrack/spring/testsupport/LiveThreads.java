// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.testsupport;

import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The live threads of a kind that were started after this object was created, without
 * those of other tests' contexts.
 */
public final class LiveThreads {

	private final Predicate<String> names;

	private final Set<Thread> before;

	private LiveThreads(Predicate<String> names) {
		this.names = names;
		this.before = all();
	}

	public static LiveThreads named(Predicate<String> names) {
		return new LiveThreads(names);
	}

	public Set<Thread> started() {
		Set<Thread> threads = all();
		threads.removeAll(this.before);
		return threads;
	}

	public void awaitEnd() {
		Waiting.await().untilAsserted(() -> assertThat(started()).isEmpty());
	}

	private Set<Thread> all() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> this.names.test(thread.getName()))
			.collect(Collectors.toSet());
	}

}
