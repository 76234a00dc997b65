// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link LlmCustomer}.
 */
class LlmCustomerTests {

	@Test
	void idAndNameAreKeptAsLlmTrackAcceptsThem() {
		LlmCustomer customer = new LlmCustomer(" 4711\n", "Acme \t GmbH\u0000");
		assertThat(customer.id()).isEqualTo("4711");
		assertThat(customer.name()).isEqualTo("Acme GmbH");
		assertThat(new LlmCustomer("x".repeat(201), "y".repeat(300)))
			.isEqualTo(new LlmCustomer("x".repeat(200), "y".repeat(200)));
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", " ", "\uFEFF\n", "\uD83D" })
	void idMustSaySomething(String id) {
		assertThatIllegalArgumentException().isThrownBy(() -> new LlmCustomer(id, "Acme"));
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", " ", "\uFEFF\n", "\uD83D" })
	void nameThatSaysNothingIsLeftOut(String name) {
		assertThat(new LlmCustomer("4711", name)).isEqualTo(LlmCustomer.of("4711"));
	}

}
