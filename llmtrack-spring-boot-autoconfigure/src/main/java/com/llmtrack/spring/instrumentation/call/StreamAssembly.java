// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import com.llmtrack.spring.LlmContext;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.model.ModelRequest;

/**
 * The assembly of a stream, on the thread that asks a model for it. That is no request,
 * as each subscription is one; but calls of other models may be made meanwhile, and
 * streams of other models be assembled, for every request of this one.
 */
public final class StreamAssembly implements OuterCall {

	private final CalledModel model;

	private final @Nullable ModelRequest<?> request;

	private final LlmContext context = LlmContext.current();

	private final @Nullable OuterCall outer = CallScope.current();

	private final LinkedCalls linked = new LinkedCalls(null);

	private @Nullable CallSite place;

	StreamAssembly(CalledModel model, @Nullable ModelRequest<?> request) {
		this.model = model;
		this.request = request;
	}

	/**
	 * Make this what the thread's calls are made for until the scope is closed.
	 */
	public CallScope enter() {
		return CallScope.inside(this);
	}

	/**
	 * Return whether nothing at the assembly has a feature for the stream.
	 */
	boolean mayBeWithoutFeature() {
		return !(this.outer instanceof ModelCall) && ContextLookup.find(this.outer).feature() == null;
	}

	void assembledAt(@Nullable CallSite place) {
		this.place = place;
	}

	/**
	 * Return the place in the application's code, if it was looked for and is known.
	 */
	@Nullable CallSite place() {
		return this.place;
	}

	@Override
	public void link(ModelCall inner, boolean certain) {
		if (inner.mayAnswer(this.request)) {
			this.linked.add(inner, certain);
		}
	}

	@Override
	public boolean isOpen() {
		return true;
	}

	@Override
	public LlmContext context() {
		return this.context;
	}

	CalledModel model() {
		return this.model;
	}

	@Nullable ModelRequest<?> request() {
		return this.request;
	}

	/**
	 * Return what the assembly was itself made for.
	 */
	@Nullable OuterCall outer() {
		return this.outer;
	}

	LinkedCalls linked() {
		return this.linked;
	}

}
