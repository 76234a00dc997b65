// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.internals;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import com.openai.errors.OpenAIIoException;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.timeout.ReadTimeoutException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link TimeoutExceptions}.
 */
class TimeoutExceptionsTests {

	static Stream<Throwable> timeouts() {
		return Stream.of(new SocketTimeoutException(), new InterruptedIOException("timeout"),
				new HttpTimeoutException(""), new HttpConnectTimeoutException(""), ReadTimeoutException.INSTANCE,
				new ConnectTimeoutException(), new TimeoutException());
	}

	@ParameterizedTest
	@MethodSource("timeouts")
	void timeoutOfAnyClientIsATimeout(Throwable timeout) {
		assertThat(TimeoutExceptions.isCauseOf(timeout)).isTrue();
	}

	@ParameterizedTest
	@MethodSource("timeouts")
	void timeoutInsideOfOtherExceptionsIsATimeout(Throwable timeout) {
		Throwable wrapped = new IllegalStateException("Stream processing failed",
				new CompletionException(new OpenAIIoException("Request failed", timeout)));
		assertThat(TimeoutExceptions.isCauseOf(wrapped)).isTrue();
	}

	@Test
	void okHttpStillThrowsTheSameForATimeoutOfAWholeCall() throws IOException {
		OkHttpClient client = new OkHttpClient.Builder().callTimeout(Duration.ofMillis(50)).build();
		try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			Request request = new Request.Builder().url("http://127.0.0.1:" + silent.getLocalPort()).build();
			assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(() -> client.newCall(request).execute())
				.satisfies((timeout) -> assertThat(TimeoutExceptions.isCauseOf(timeout)).isTrue());
		}
		finally {
			client.dispatcher().executorService().shutdown();
			client.connectionPool().evictAll();
		}
	}

	@Test
	void anythingElseIsAnError() {
		assertThat(TimeoutExceptions.isCauseOf(new IllegalStateException("timeout"))).isFalse();
		assertThat(TimeoutExceptions.isCauseOf(new InterruptedIOException())).isFalse();
	}

	@Test
	void causesThatGoInCirclesAreNoTrap() {
		Exception first = new Exception();
		first.initCause(new Exception(first));
		assertThat(TimeoutExceptions.isCauseOf(first)).isFalse();
	}

}
