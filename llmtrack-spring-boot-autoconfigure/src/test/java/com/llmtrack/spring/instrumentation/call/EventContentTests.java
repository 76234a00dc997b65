// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.math.BigDecimal;

import com.example.shop.Contributors.FailingCalculator;
import com.example.shop.Contributors.NegativeCalculator;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.llmtrack.spring.LlmCostCalculator;
import com.llmtrack.spring.LlmCustomer;
import com.llmtrack.spring.LlmCustomerResolver;
import com.llmtrack.spring.testsupport.AbstractApplicationTests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests costs, metadata and the environment in events, as set by properties and beans.
 */
@ExtendWith(OutputCaptureExtension.class)
class EventContentTests extends AbstractApplicationTests {

	private static final String[] PRICES = { "llmtrack.pricing[gpt-4o-mini-2024-07-18].input=0.15",
			"llmtrack.pricing[gpt-4o-mini-2024-07-18].output=0.60",
			"llmtrack.pricing[gpt-4o-mini-2024-07-18].cached-input=0.075" };

	@Test
	void plainEventHasNothingOfAllThat() {
		assertThat(eventOf(Beans.NONE).propertyNames()).containsExactlyInAnyOrder("provider", "model", "prompt_tokens",
				"completion_tokens", "total_tokens", "latency_ms", "status");
	}

	@Test
	void costIsCalculatedByPrices() {
		try (ConfigurableApplicationContext context = start(Beans.NONE, PRICES)) {
			call(context);
			assertThat(servers.awaitEventRequests(1).get(0).getBodyAsString()).contains("\"cost\":0.00000885,");
			servers.reset();
			servers.openAiAnswers("""
					{"id":"c","object":"chat.completion","created":1,"model":"gpt-4o-mini-2024-07-18",
					"choices":[{"index":0,"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}],
					"usage":{"prompt_tokens":2006,"completion_tokens":300,"total_tokens":2306,
					"prompt_tokens_details":{"cached_tokens":1920}}}""");
			call(context);
			assertThat(servers.awaitEvent().at("/cost").decimalValue()).isEqualByComparingTo("0.0003369");
			servers.reset();
			servers.openAiAnswers(WireMock.serverError());
			assertThatException().isThrownBy(() -> call(context));
			assertThat(servers.awaitEvent().has("cost")).isFalse();
		}
	}

	@Test
	void modelWithoutAPriceHasNoCost() {
		assertThat(eventOf(Beans.NONE, "llmtrack.pricing.gpt-4o-mini.input=1", "llmtrack.pricing.gpt-4o-mini.output=1")
			.has("cost")).isFalse();
	}

	@Test
	void priceBelongsToTheNameThatIsSent() {
		assertThat(eventOf(Beans.NONE, "llmtrack.pricing.mini.input=1", "llmtrack.pricing.mini.output=0",
				"llmtrack.model-aliases[gpt-4o-mini-2024-07-18]=mini")
			.at("/cost")
			.decimalValue()).isEqualByComparingTo("0.000019");
	}

	@Test
	void calculatorComesBeforePrices() {
		JsonNode event = eventOf((context) -> context.registerBean(LlmCostCalculator.class,
				() -> (measured) -> BigDecimal.valueOf(measured.tokens().total())), PRICES);
		assertThat(event.at("/cost").asInt()).isEqualTo(29);
	}

	@Test
	void eventGoesWithoutACostWhenTheCalculatorFails(CapturedOutput output) {
		assertThat(
				eventOf((context) -> context.registerBean(FailingCalculator.class, FailingCalculator::new)).has("cost"))
			.isFalse();
		assertThat(output).containsOnlyOnce("FailingCalculator failed")
			.contains("The event goes without a cost")
			.doesNotContain("secret of the calculator");
	}

	@Test
	void eventGoesWithoutACostThatIsNegative(CapturedOutput output) {
		assertThat(eventOf((context) -> context.registerBean(NegativeCalculator.class, NegativeCalculator::new))
			.has("cost")).isFalse();
		assertThat(output).containsOnlyOnce("NegativeCalculator failed").contains("'cost' must not be negative");
	}

	@Test
	void metadataAndEnvironmentComeFromProperties() {
		JsonNode event = eventOf(Beans.NONE, "llmtrack.metadata.region=eu",
				"llmtrack.metadata[team.name]=Größe \uD83D\uDE00", "llmtrack.environment= staging ",
				"llmtrack.default-feature=other");
		assertThat(event.at("/metadata").properties()).extracting((entry) -> entry.getKey() + "=" + entry.getValue())
			.containsExactlyInAnyOrder("feature=\"other\"", "region=\"eu\"", "team.name=\"Größe \uD83D\uDE00\"");
		assertThat(event.at("/environment").asString()).isEqualTo("staging");
	}

	@Test
	void withoutExtendedFieldsCostAndMetadataStay() {
		String[] properties = { "llmtrack.metadata.region=eu", "llmtrack.environment=staging",
				"llmtrack.event.extended-fields=false", "llmtrack.pricing[gpt-4o-mini-2024-07-18].input=1",
				"llmtrack.pricing[gpt-4o-mini-2024-07-18].output=1" };
		JsonNode event = eventOf((context) -> context.registerBean(LlmCustomerResolver.class,
				() -> () -> new LlmCustomer("4711", "Acme")), properties);
		assertThat(event.propertyNames()).containsExactlyInAnyOrder("provider", "model", "prompt_tokens",
				"completion_tokens", "total_tokens", "latency_ms", "status", "cost", "metadata");
	}

}
