// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.customer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CustomerSource} and {@link ReadyMadeCustomers}.
 */
@ExtendWith(OutputCaptureExtension.class)
class CustomerSourceTests {

	@ParameterizedTest
	@CsvSource({ "principal, PRINCIPAL, ''", "Principal, PRINCIPAL, ''", "mdc:tenant, MDC, tenant",
			"' header : X-Tenant ', HEADER, X-Tenant", "mdc:a:b, MDC, a:b" })
	void nameIsKindAndKey(String name, CustomerSource.Kind kind, String key) {
		assertThat(CustomerSource.parse(name)).isEqualTo(new CustomerSource(kind, key));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "user", "mdc", "mdc:", "header: ", "principal:name", ":tenant" })
	void otherNamesAreNoSources(String name) {
		assertThat(CustomerSource.parse(name)).isNull();
	}

	@Test
	void thereIsNobodyWithoutASource() {
		assertThat(new ReadyMadeCustomers(() -> null).current()).isNull();
	}

	@Test
	void sourceThatFailsIsReportedOnceAndHarmless(CapturedOutput output) {
		ReadyMadeCustomers customers = new ReadyMadeCustomers(() -> {
			throw new IllegalStateException("secret");
		});
		assertThat(customers.current()).isNull();
		assertThat(customers.resolver().resolve()).isNull();
		assertThat(customers.source()).isNull();
		assertThat(StringUtils.countOccurrencesOf(output.getAll(), "IllegalStateException")).isEqualTo(1);
		assertThat(output).contains("llmtrack.customer.from").doesNotContain("secret");
	}

}
