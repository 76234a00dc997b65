// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.customer;

import java.util.function.Supplier;

import com.llmtrack.spring.LlmContext;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.util.StringUtils;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Handles requests to a WebFlux application for the customer in one of their headers.
 * Without such a header, or if customers don't come from one, requests pass unchanged.
 */
public final class CustomerHeaderFilter implements WebFilter, Ordered {

	private final Supplier<@Nullable CustomerSource> source;

	/**
	 * Create a filter.
	 * @param source supplies where customers come from
	 */
	public CustomerHeaderFilter(Supplier<@Nullable CustomerSource> source) {
		this.source = source;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		CustomerSource source = this.source.get();
		String id = (source != null && source.kind() == CustomerSource.Kind.HEADER)
				? exchange.getRequest().getHeaders().getFirst(source.key()) : null;
		Mono<Void> handled = chain.filter(exchange);
		return StringUtils.hasText(id) ? LlmContext.customer(id).wrap(handled) : handled;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

}
