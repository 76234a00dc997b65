// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import com.llmtrack.spring.LlmContext;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

import org.springframework.ai.model.ModelRequest;

/**
 * Finds what surrounds calls that are about to begin, on the threads that make them. What
 * can't be found is left out; nothing here throws.
 */
final class CallContexts {

	private final ApplicationBeans beans;

	private final CustomerLookup customers;

	private final CallSites callSites;

	private final OpenCalls openCalls;

	private final ContainedFailures failures;

	/**
	 * Create a finder.
	 * @param beans the application's settings and beans
	 * @param callSites counts the places that make requests without a feature
	 * @param openCalls the calls that have not ended
	 * @param failures contains what goes wrong here
	 */
	CallContexts(ApplicationBeans beans, CallSites callSites, OpenCalls openCalls, ContainedFailures failures) {
		this.beans = beans;
		this.customers = new CustomerLookup(beans, failures);
		this.callSites = callSites;
		this.openCalls = openCalls;
		this.failures = failures;
	}

	/**
	 * Find what surrounds a call of a model.
	 * @param model the model
	 * @param request the request
	 * @param assembly the assembly of the stream, if it is one
	 * @param subscriber the Reactor context of its subscriber
	 */
	CallContext find(CalledModel model, @Nullable ModelRequest<?> request, @Nullable StreamAssembly assembly,
			@Nullable ContextView subscriber) {
		OuterCalls outers = OuterCalls.NONE;
		LlmContext found = LlmContext.current();
		String traceId = null;
		try {
			outers = this.openCalls.around(model, request, assembly, subscriber);
			OuterCall outer = outers.common();
			found = (assembly != null && subscriber != null) ? ContextLookup.find(outer, subscriber, assembly)
					: ContextLookup.find(outer);
			if (!(outer instanceof ModelCall)) {
				found = this.customers.complete(found, subscriber);
				if (found.feature() == null) {
					reportMissingFeature(assembly, subscriber);
				}
			}
			traceId = this.beans.traceId(subscriber);
		}
		catch (Throwable ex) {
			this.failures.contain(ex);
		}
		return new CallContext(outers, found, traceId);
	}

	private void reportMissingFeature(@Nullable StreamAssembly assembly, @Nullable ContextView subscriber) {
		if (assembly != null && subscriber != null) {
			this.callSites.addStream(assembly.place(), subscriber);
		}
		else {
			this.callSites.add();
		}
	}

	/**
	 * Find what surrounds a request that no model makes. Whether it has a feature is said
	 * when it is recorded.
	 */
	CallContext findByHand() {
		LlmContext found = LlmContext.current();
		String traceId = null;
		try {
			OuterCall outer = CallScope.current();
			found = ContextLookup.find(outer);
			if (!(outer instanceof ModelCall)) {
				found = this.customers.complete(found, null);
			}
			traceId = this.beans.traceId(null);
		}
		catch (Throwable ex) {
			this.failures.contain(ex);
		}
		return new CallContext(OuterCalls.NONE, found, traceId);
	}

}
