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
