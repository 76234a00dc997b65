// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.internals;

import java.lang.reflect.Method;

import io.micrometer.observation.ObservationView;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.method.HandlerMethod;

/**
 * The controller method whose result Spring MVC or Spring WebFlux subscribes to. Spring
 * MVC subscribes on the thread of the request; of Spring WebFlux only the observation of
 * the request is in the Reactor context.
 */
public final class WebHandlers {

	static final String MVC_HANDLER = "org.springframework.web.servlet.HandlerMapping.bestMatchingHandler";

	static final String WEBFLUX_HANDLER = "org.springframework.web.reactive.HandlerMapping.bestMatchingHandler";

	/** Where Micrometer keeps the observation. */
	static final String OBSERVATION = "micrometer.observation";

	private WebHandlers() {
	}

	/**
	 * Return the method, or {@code null} if it is unknown.
	 * @param context the Reactor context of the subscriber
	 */
	public static @Nullable Method current(ContextView context) {
		try {
			Object handler = ofMvc();
			if (handler == null) {
				handler = ofWebFlux(context);
			}
			return (handler instanceof HandlerMethod method) ? method.getMethod() : null;
		}
		catch (RuntimeException | LinkageError ex) {
			// The request has ended, or there is no Spring MVC or WebFlux
			return null;
		}
	}

	private static @Nullable Object ofMvc() {
		RequestAttributes request = RequestContextHolder.getRequestAttributes();
		return (request != null) ? request.getAttribute(MVC_HANDLER, RequestAttributes.SCOPE_REQUEST) : null;
	}

	private static @Nullable Object ofWebFlux(ContextView context) {
		Object observation = context.getOrDefault(OBSERVATION, null);
		// A chat client has an observation of its own within that of the request
		while (observation instanceof ObservationView known) {
			if (known.getContextView() instanceof ServerRequestObservationContext request) {
				return request.getAttributes().get(WEBFLUX_HANDLER);
			}
			observation = known.getContextView().getParentObservation();
		}
		return null;
	}

}
