// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmTrackWebClientCustomizer;
import com.llmtrack.spring.delivery.DeliveryResult;
import com.llmtrack.spring.testsupport.LiveThreads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

import org.springframework.util.ReflectionUtils;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WebClientTransport} with a {@link LlmTrackWebClientCustomizer}.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(ConnectionKind.class)
@Timeout(60)
class CustomizedTransportTests extends AbstractTransportTests {

	private static final String SECRET = "secret of the application";

	@Test
	void customizersAreCalledInTurnWhenTheFirstEventIsSent() {
		StringBuilder calls = new StringBuilder();
		try (RawServer server = RawServer.responding(RawServer.ACCEPTED);
				WebClientTransport transport = this.kind.transport(settings(server.url()).build(), (builder) -> {
					calls.append("first ");
					builder.defaultHeader("X-Gateway", "first");
				}, (builder) -> {
					calls.append("second ");
					builder.defaultHeaders((headers) -> headers.set("X-Gateway", "second"));
				})) {
			assertThat(calls).isEmpty();
			assertThat(resultOf(transport)).isEqualTo(new DeliveryResult.Accepted(false));
			assertThat(resultOf(transport)).isEqualTo(new DeliveryResult.Accepted(false));
			assertThat(calls).hasToString("first second ");
			assertThat(server.heads())
				.allSatisfy((head) -> assertThat(head).containsIgnoringCase("X-Gateway: second").contains(KEY));
		}
	}

	@ParameterizedTest
	@MethodSource("failures")
	void customizerThatFailsIsNamedAndTriedAgain(Throwable failure) {
		AtomicInteger calls = new AtomicInteger();
		LiveThreads threads = this.kind.threads();
		try (RawServer server = RawServer.responding(RawServer.ACCEPTED);
				WebClientTransport transport = this.kind.transport(settings(server.url()).build(),
						new FailingCustomizer(calls, failure))) {
			for (int i = 0; i < 2; i++) {
				assertThat(resultOf(transport)).isEqualTo(new DeliveryResult.Unavailable(
						FailingCustomizer.class.getName() + " failed with " + failure.getClass().getName(), null));
			}
			assertThat(server.connections()).isZero();
			assertThat(threads.started()).isEmpty();
			assertThat(resultOf(transport)).isEqualTo(new DeliveryResult.Accepted(false));
			assertThat(calls).hasValue(3);
		}
	}

	static Stream<Throwable> failures() {
		return Stream.of(new IllegalStateException(SECRET), new NoClassDefFoundError(SECRET),
				new StackOverflowError(SECRET));
	}

	@Test
	void clientThatFailsToLinkNeverWorks() {
		try (RawServer server = RawServer.responding(RawServer.ACCEPTED);
				WebClientTransport transport = new WebClientTransport(settings(server.url()).build(), Stream::of,
						(settings) -> {
							throw new NoClassDefFoundError("com/example/Missing");
						})) {
			assertThat(resultOf(transport))
				.isEqualTo(new DeliveryResult.Impossible("class com.example.Missing is missing"));
		}
	}

	@Test
	void customizersThatCannotBeFoundAreNoException() {
		try (RawServer server = RawServer.responding(RawServer.ACCEPTED);
				WebClientTransport transport = new WebClientTransport(settings(server.url()).build(), () -> {
					throw new IllegalStateException(SECRET);
				})) {
			assertThat(resultOf(transport)).isEqualTo(new DeliveryResult.Unavailable(
					"LlmTrackWebClientCustomizer failed with java.lang.IllegalStateException", null));
		}
	}

	@ParameterizedTest
	@MethodSource("failures")
	void filterThatFailsIsNoException(Throwable failure) {
		try (RawServer server = RawServer.responding(RawServer.ACCEPTED);
				WebClientTransport transport = filtered(server, LONG, (request, next) -> {
					ReflectionUtils.rethrowRuntimeException(failure);
					return next.exchange(request);
				})) {
			assertThat(resultOf(transport)).isInstanceOfSatisfying(DeliveryResult.Unavailable.class,
					(result) -> assertThat(result.problem()).startsWith(failure.getClass().getSimpleName())
						.doesNotContain(SECRET));
			assertThat(server.requests()).isZero();
		}
	}

	@Test
	void filterThatNeverEndsIsGivenUp() {
		try (RawServer server = RawServer.responding(RawServer.ACCEPTED);
				WebClientTransport transport = filtered(server, MODERATE, (request, next) -> Mono.never())) {
			assertThat(resultOf(transport)).isEqualTo(new DeliveryResult.Unavailable("no answer within 1000 ms", null));
		}
	}

	@Test
	void filterMayEndTheExchange() {
		try (RawServer server = RawServer.responding(RawServer.ACCEPTED);
				WebClientTransport transport = filtered(server, LONG, (request, next) -> Mono.empty())) {
			assertThat(resultOf(transport)).isInstanceOf(DeliveryResult.Unavailable.class);
		}
	}

	private WebClientTransport filtered(RawServer server, Duration requestTimeout, ExchangeFilterFunction filter) {
		return this.kind.transport(settings(server.url()).requestTimeout(requestTimeout).build(),
				(builder) -> builder.filter(filter));
	}

	private record FailingCustomizer(AtomicInteger calls, Throwable failure) implements LlmTrackWebClientCustomizer {

		@Override
		public void customize(WebClient.Builder builder) {
			if (this.calls.incrementAndGet() <= 2) {
				ReflectionUtils.rethrowRuntimeException(this.failure);
			}
		}

	}

}
