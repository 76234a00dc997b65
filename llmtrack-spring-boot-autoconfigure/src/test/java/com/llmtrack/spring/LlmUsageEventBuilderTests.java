// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link LlmUsageEventBuilder}.
 */
class LlmUsageEventBuilderTests {

	private final LlmUsageEvent event = LlmUsageEvent.builder()
		.provider("openai")
		.model("gpt-4o-mini")
		.tokens(LlmTokenUsage.builder()
			.prompt(120L)
			.completion(80L)
			.total(200L)
			.cachedInput(100L)
			.reasoning(64L)
			.accounting(LlmTokenAccounting.INCLUSIVE)
			.build())
		.latency(Duration.ofMillis(842))
		.timeToFirstToken(Duration.ofMillis(111))
		.status(LlmRequestStatus.TIMEOUT)
		.feature("search")
		.environment("staging")
		.customer(new LlmCustomer("4711", "Acme"))
		.cost(new BigDecimal("0.0012"))
		.metadata(Map.of("region", "eu", "nested", Map.of("a", 1)))
		.idempotencyKey("batch-1/42")
		.build();

	@Test
	void toBuilderTakesAllValuesAlong() {
		assertThat(this.event.toBuilder().build()).usingRecursiveComparison().isEqualTo(this.event);
		assertThat(this.event).hasNoNullFieldsOrProperties();
	}

	@Test
	void toBuilderLeavesTheEventAsItIs() {
		LlmUsageEvent other = this.event.toBuilder().feature(null).customer(null).cost(null).metadata(Map.of()).build();
		assertThat(other.feature()).isNull();
		assertThat(other.customer()).isNull();
		assertThat(other.cost()).isNull();
		assertThat(other.metadata()).isEmpty();
		assertThat(other.provider()).isEqualTo("openai");
		assertThat(this.event.feature()).isEqualTo("search");
		assertThat(this.event.metadata()).hasSize(2);
	}

	@Test
	void customerCostAndMetadataAreNotInTheText() {
		assertThat(this.event.toString()).doesNotContain("4711", "Acme", "0.0012", "eu");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a b", "a\n", "\u00e4", "\u007f" })
	void idempotencyKeyThatIsNoHeaderIsRefused(String key) {
		assertThatIllegalArgumentException().isThrownBy(() -> LlmUsageEvent.builder().idempotencyKey(key))
			.withMessageContaining("'idempotencyKey'");
	}

	@Test
	void idempotencyKeyHasALength() {
		assertThat(LlmUsageEvent.builder().idempotencyKey("x".repeat(200)).build().idempotencyKey()).hasSize(200);
		assertThatIllegalArgumentException().isThrownBy(() -> LlmUsageEvent.builder().idempotencyKey("x".repeat(201)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "-0.01", "1E-999999999", "1E+999999999" })
	void costThatIsNoneIsRefused(String cost) {
		assertThatIllegalArgumentException().isThrownBy(() -> LlmUsageEvent.builder().cost(new BigDecimal(cost)))
			.withMessageContaining("'cost'");
	}

}
