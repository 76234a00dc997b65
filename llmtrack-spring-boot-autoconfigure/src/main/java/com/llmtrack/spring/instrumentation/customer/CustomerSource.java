// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.customer;

import java.util.List;
import java.util.function.Function;

import com.llmtrack.spring.LlmCustomer;
import com.llmtrack.spring.LlmCustomerResolver;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * A ready-made source of customers, as {@code llmtrack.customer.from} names it.
 *
 * @param kind the kind of source
 * @param key the key of a kind that has one, empty for another
 */
public record CustomerSource(Kind kind, String key) {

	/**
	 * Parse the name of a source.
	 * @param name the name, such as {@code mdc:tenant}
	 * @return the source, or {@code null} if there is no such source
	 */
	public static @Nullable CustomerSource parse(String name) {
		int colon = name.indexOf(':');
		String kind = ((colon < 0) ? name : name.substring(0, colon)).strip();
		String key = (colon < 0) ? "" : name.substring(colon + 1).strip();
		for (Kind candidate : Kind.values()) {
			if (candidate.name().equalsIgnoreCase(kind) && candidate.hasKey == !key.isEmpty()) {
				return new CustomerSource(candidate, key);
			}
		}
		return null;
	}

	/**
	 * Return the class that this source needs and the application lacks.
	 * @return the name of the class, or {@code null} if nothing is missing
	 */
	public @Nullable String missingClass() {
		return this.kind.classes.stream()
			.filter((name) -> !ClassUtils.isPresent(name, CustomerSource.class.getClassLoader()))
			.findFirst()
			.orElse(null);
	}

	/**
	 * Return the resolver that asks this source, which must not lack a class.
	 * @return the resolver
	 */
	public LlmCustomerResolver resolver() {
		return this.kind.resolver.apply(this.key);
	}

	static @Nullable LlmCustomer customer(@Nullable String id) {
		return StringUtils.hasText(id) ? LlmCustomer.of(id) : null;
	}

	/**
	 * The kinds of sources.
	 */
	public enum Kind {

		/** The authenticated user of Spring Security. */
		PRINCIPAL(false, (key) -> new PrincipalCustomers(),
				List.of("org.springframework.security.core.context.SecurityContextHolder")),

		/** A key of the logging context. */
		MDC(true, LoggingKeyCustomers::new, List.of("org.slf4j.MDC")),

		/** A header of the HTTP request. */
		HEADER(true, HeaderCustomers::new, List.of("org.springframework.web.server.ServerWebExchange"));

		private final boolean hasKey;

		private final Function<String, LlmCustomerResolver> resolver;

		private final List<String> classes;

		Kind(boolean hasKey, Function<String, LlmCustomerResolver> resolver, List<String> classes) {
			this.hasKey = hasKey;
			this.resolver = resolver;
			this.classes = classes;
		}

	}

}
