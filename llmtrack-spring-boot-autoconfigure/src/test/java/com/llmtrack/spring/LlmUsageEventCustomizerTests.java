// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import com.example.shop.Contributors.Customizer;
import com.llmtrack.spring.testsupport.AbstractApplicationTests;
import com.llmtrack.spring.testsupport.EventAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LlmUsageEventCustomizer} beans.
 */
@ExtendWith(OutputCaptureExtension.class)
class LlmUsageEventCustomizerTests extends AbstractApplicationTests {

	@Test
	void customizersChangeEventsInTheirOrder() {
		JsonNode event = eventOf((context) -> {
			customizer(context, 3, (before) -> before.toBuilder().feature(before.feature() + "-third").build());
			customizer(context, 1, (before) -> before.toBuilder().feature("first").build());
			customizer(context, 2, (before) -> before.toBuilder().feature(before.feature() + "-second").build());
		});
		assertThat(event.at("/metadata/feature").asString()).isEqualTo("first-second-third");
		assertThat(EventAssertions.describe(event)).isEqualTo("success 19/10/29");
	}

	@Test
	void customizerThatIsNotToBeInjectedIsNotAsked() {
		JsonNode event = eventOf((context) -> context.registerBean("hidden", LlmUsageEventCustomizer.class,
				() -> (before) -> before.toBuilder().feature("hidden").build(),
				(definition) -> definition.setAutowireCandidate(false)));
		assertThat(event.at("/metadata/feature").asString("")).isEmpty();
	}

	@Test
	void customizerSeesTheWholeEvent() {
		JsonNode event = eventOf((context) -> {
			context.registerBean(LlmCustomerResolver.class, () -> () -> LlmCustomer.of("4711"));
			context.registerBean(LlmCostCalculator.class, () -> (before) -> BigDecimal.TEN);
			customizer(context, 1,
					(before) -> before.toBuilder()
						.metadata(Map.of("seen",
								before.customer().id() + "/" + before.cost() + "/" + before.environment() + "/"
										+ before.metadata()))
						.build());
		}, "llmtrack.environment=staging", "llmtrack.metadata.region=eu");
		assertThat(event.at("/metadata/seen").asString()).isEqualTo("4711/10/staging/{region=eu}");
	}

	@Test
	void customizerIsNotAskedAboutItsOwnRequests() {
		openAiStreams();
		try (ConfigurableApplicationContext context = start((beans) -> customizer(beans, 1, (event) -> {
			chatClient(beans).prompt("Which?").stream().content().blockLast();
			return event.toBuilder().feature("asked").build();
		}))) {
			chatClient(context).prompt("Hi").stream().content().blockLast();
			assertThat(servers.awaitEvents(2)).extracting((event) -> event.at("/metadata/feature").asString(""))
				.containsExactlyInAnyOrder("asked", "");
		}
	}

	@Test
	void vetoedEventIsNotSentAndNobodyElseIsAsked(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start((beans) -> {
			customizer(beans, 1, (event) -> "vetoed".equals(event.feature()) ? null : event);
			customizer(beans, 2, (event) -> event.toBuilder().feature(event.feature() + " is sent").build());
		})) {
			LlmContext.feature("vetoed").run(() -> call(context));
			LlmContext.feature("other").run(() -> call(context));
			assertThat(servers.awaitEvent().at("/metadata/feature").asString()).isEqualTo("other is sent");
		}
		assertThat(output).doesNotContain("WARN");
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("failures")
	void eventStaysAsItWasWhenACustomizerFails(String reason, UnaryOperator<LlmUsageEvent> change,
			CapturedOutput output) {
		try (ConfigurableApplicationContext context = start((beans) -> {
			customizer(beans, 1, (event) -> event.toBuilder().feature("before").build());
			beans.registerBean("failing", Failing.class, () -> new Failing(change));
			customizer(beans, 3, (event) -> event.toBuilder().environment("after").build());
		})) {
			call(context);
			call(context);
			assertThat(servers.awaitEvents(2)).allSatisfy((event) -> {
				assertThat(event.at("/metadata").toString()).isEqualTo("{\"feature\":\"before\"}");
				assertThat(event.at("/environment").asString()).isEqualTo("after");
			});
		}
		assertThat(output.getOut().lines().filter((line) -> line.contains("WARN"))).singleElement()
			.asString()
			.contains("LlmUsageEventCustomizerTests$Failing failed", reason, "The event stays as it was before")
			.doesNotContain("secret");
	}

	static Stream<Arguments> failures() {
		return Stream.of(failure("java.lang.IllegalStateException at", (event) -> {
			throw new IllegalStateException("secret");
		}), failure("java.lang.AssertionError at", (event) -> {
			throw new AssertionError("secret");
		}), failure("com.llmtrack.spring.InvalidUsageEventException (Metadata can't hold this: ",
				(event) -> event.toBuilder().metadata(Map.of("list", List.of("secret"))).build()),
				failure("(Metadata of 9020 bytes is more than 8192)",
						(event) -> event.toBuilder().metadata(Map.of("long", "x".repeat(8990))).build()),
				failure("('cost' must not be negative)",
						(event) -> event.toBuilder().cost(BigDecimal.ONE.negate()).build()),
				failure("(Metadata can't hold the feature",
						(event) -> event.toBuilder().metadata(Map.of("feature", "secret")).build()));
	}

	private static Arguments failure(String reason, UnaryOperator<LlmUsageEvent> change) {
		return Arguments.of(reason, change);
	}

	@Test
	void namesThatAreTooLongAreCut() {
		JsonNode event = eventOf((context) -> customizer(context, 1,
				(before) -> before.toBuilder()
					.provider("p".repeat(300))
					.model("m".repeat(300))
					.feature(" " + "f".repeat(300))
					.environment("e".repeat(300))
					.customer(new LlmCustomer("c".repeat(300), "n".repeat(300)))
					.build()));
		assertThat(event.at("/provider").asString()).isEqualTo("p".repeat(200));
		assertThat(event.at("/metadata/feature").asString()).isEqualTo("f".repeat(200));
		assertThat(event.at("/environment").asString()).isEqualTo("e".repeat(100));
		assertThat(event.at("/customer_id").asString()).isEqualTo("c".repeat(200));
	}

	private static void customizer(GenericApplicationContext context, int order, UnaryOperator<LlmUsageEvent> change) {
		context.registerBean("customizer" + order, OrderedCustomizer.class, () -> new OrderedCustomizer(order, change));
	}

	static class OrderedCustomizer extends Customizer implements Ordered {

		private final int order;

		OrderedCustomizer(int order, UnaryOperator<LlmUsageEvent> change) {
			super(change);
			this.order = order;
		}

		@Override
		public int getOrder() {
			return this.order;
		}

	}

	static class Failing extends OrderedCustomizer {

		Failing(UnaryOperator<LlmUsageEvent> change) {
			super(2, change);
		}

	}

}
