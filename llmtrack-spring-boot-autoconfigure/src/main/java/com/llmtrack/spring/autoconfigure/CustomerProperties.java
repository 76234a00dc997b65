// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import com.llmtrack.spring.instrumentation.customer.CustomerSource;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.util.StringUtils;

/**
 * Customers.
 *
 * @param from Where customers come from that nobody names in code: principal (the
 * authenticated user of Spring Security), mdc:KEY (a key of the logging context), or
 * header:NAME (a header of the HTTP request). A customer resolver of the application
 * takes precedence.
 */
record CustomerProperties(@Nullable String from) {

	@ConstructorBinding
	CustomerProperties {
	}

	CustomerProperties() {
		this(null);
	}

	void check() {
		PropertyChecks.check(!StringUtils.hasText(this.from) || CustomerSource.parse(this.from) != null,
				"customer.from", this.from, "Must be principal, mdc:KEY or header:NAME.");
	}

}
