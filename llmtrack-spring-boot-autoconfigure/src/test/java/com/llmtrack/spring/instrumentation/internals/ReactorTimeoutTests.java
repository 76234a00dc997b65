// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.internals;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReactorTimeout}: that Reactor's stack frames have not changed.
 */
class ReactorTimeoutTests {

	private final AtomicReference<Boolean> timeout = new AtomicReference<>();

	private final Flux<Integer> stream = Flux.<Integer>never()
		.doOnCancel(() -> this.timeout.set(ReactorTimeout.isCancelling()));

	@Test
	void timeoutIsRecognized() {
		StepVerifier.create(this.stream.timeout(Duration.ofMillis(1))).verifyError(TimeoutException.class);
		assertThat(this.timeout.get()).isTrue();
	}

	@Test
	void timeoutOfTheFirstItemIsRecognized() {
		StepVerifier.create(this.stream.timeout(Mono.delay(Duration.ofMillis(1)))).verifyError(TimeoutException.class);
		assertThat(this.timeout.get()).isTrue();
	}

	@Test
	void cancellationIsNoTimeout() {
		this.stream.subscribe().dispose();
		assertThat(this.timeout.get()).isFalse();
	}

	@Test
	void cancellationBecauseOfAnotherStreamsTimeoutIsNoTimeout() {
		Flux<Integer> other = Flux.<Integer>never().timeout(Duration.ofMillis(1));
		StepVerifier.create(this.stream.mergeWith(other)).verifyError(TimeoutException.class);
		assertThat(this.timeout.get()).isFalse();
	}

}
