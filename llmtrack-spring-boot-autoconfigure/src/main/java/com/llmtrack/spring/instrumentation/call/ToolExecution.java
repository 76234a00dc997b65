// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.instrumentation.internals.ToolCallContext;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

import org.springframework.ai.model.tool.ToolExecutionResult;

/**
 * The time in which a call of a model runs tools instead of making requests, on the
 * thread that runs them. Models that a tool asks are not asked for that call, but in its
 * context. Closed by the same thread; nothing here throws.
 */
public final class ToolExecution implements OuterCall, AutoCloseable {

	private final ModelCall call;

	private final ToolRounds rounds;

	private final CallScope scope;

	private final @Nullable ContextView hidden;

	/**
	 * Begin to run tools.
	 * @param call the call, whose request has ended
	 * @param rounds finds the call again when its next request is observed
	 */
	ToolExecution(ModelCall call, ToolRounds rounds) {
		this.call = call;
		this.rounds = rounds;
		this.hidden = ToolCallContext.hide(ModelCall.class);
		this.scope = CallScope.inside(this);
	}

	ModelCall call() {
		return this.call;
	}

	/**
	 * Note that the tools have ended normally. Unless their results are the answer, the
	 * model is sent them next.
	 * @param result the results
	 */
	public void end(ToolExecutionResult result) {
		try {
			if (!result.returnDirect()) {
				if (this.call.isOpen()) {
					this.call.requests().beginNext();
				}
				this.rounds.expect(result.conversationHistory(), this.call);
			}
		}
		catch (Throwable ex) {
			this.call.contain(ex);
		}
	}

	@Override
	public void close() {
		ToolCallContext.restore(this.hidden);
		this.scope.close();
	}

	@Override
	public void link(ModelCall inner, boolean certain) {
		// Made for the tool
	}

	@Override
	public boolean isOpen() {
		return true;
	}

	@Override
	public LlmContext context() {
		return this.call.context();
	}

}
