// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmRequestStatus;
import com.openai.errors.OpenAIIoException;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.timeout.ReadTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FailureStatus}.
 */
class FailureStatusTests {

	static Stream<Throwable> timeouts() {
		return Stream.of(new SocketTimeoutException(), new InterruptedIOException("timeout"),
				new HttpTimeoutException(""), new HttpConnectTimeoutException(""), ReadTimeoutException.INSTANCE,
				new ConnectTimeoutException(), new TimeoutException());
	}

	@ParameterizedTest
	@MethodSource("timeouts")
	void timeoutOfAnyClientIsATimeout(Throwable timeout) {
		assertThat(FailureStatus.of(timeout)).isEqualTo(LlmRequestStatus.TIMEOUT);
	}

	@ParameterizedTest
	@MethodSource("timeouts")
	void timeoutInsideOfOtherExceptionsIsATimeout(Throwable timeout) {
		Throwable wrapped = new IllegalStateException("Stream processing failed",
				new CompletionException(new OpenAIIoException("Request failed", timeout)));
		assertThat(FailureStatus.of(wrapped)).isEqualTo(LlmRequestStatus.TIMEOUT);
	}

	@Test
	void anythingElseIsAnError() {
		assertThat(FailureStatus.of(new IllegalStateException("timeout"))).isEqualTo(LlmRequestStatus.ERROR);
		assertThat(FailureStatus.of(new InterruptedIOException())).isEqualTo(LlmRequestStatus.ERROR);
	}

	@Test
	void causesThatGoInCirclesAreNoTrap() {
		Exception first = new Exception();
		first.initCause(new Exception(first));
		assertThat(FailureStatus.of(first)).isEqualTo(LlmRequestStatus.ERROR);
	}

}
