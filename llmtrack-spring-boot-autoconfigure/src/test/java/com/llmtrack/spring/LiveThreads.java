/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package com.llmtrack.spring;

import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The live threads of a kind that were started since this was created; those of other
 * tests' contexts don't count.
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
