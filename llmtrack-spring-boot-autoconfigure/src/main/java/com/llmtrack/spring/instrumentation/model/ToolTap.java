// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import com.llmtrack.spring.instrumentation.call.ModelCall;
import com.llmtrack.spring.instrumentation.call.ModelCalls;
import com.llmtrack.spring.instrumentation.call.ToolExecution;
import com.llmtrack.spring.instrumentation.internals.ToolCallContext;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.model.tool.ToolExecutionResult;

/**
 * Where models that run tools themselves do so, in the middle of a call: there one of its
 * requests has ended, and the next one may be refused. Tools that somebody else runs are
 * not noticed. Called on the thread that runs the tools; never throws.
 */
public final class ToolTap {

	private final ModelCalls calls;

	ToolTap(ModelCalls calls) {
		this.calls = calls;
	}

	/**
	 * Begin to run tools.
	 * @param answer the answer that asks for them
	 * @return until when they run, or {@code null} if no model runs them
	 */
	public @Nullable ToolExecution begin(ChatResponse answer) {
		try {
			return this.calls.isClosed() ? null : find(answer);
		}
		catch (Throwable ex) {
			this.calls.contain(ex);
			return null;
		}
	}

	/**
	 * Note that tools have ended normally, unless their results must not be sent.
	 * @param execution the time in which they ran
	 * @param result the results
	 * @return why the next request must not be made, or {@code null} if it may be or if
	 * there is none, since the results are the answer
	 */
	public @Nullable RuntimeException end(ToolExecution execution, ToolExecutionResult result) {
		RuntimeException refusal = result.returnDirect() ? null : this.calls.refusalOfNext(execution);
		if (refusal == null) {
			execution.end(result);
		}
		return refusal;
	}

	/**
	 * In a call the model is on this thread, in a stream only its Reactor context is. A
	 * model without a proxy is known by its observation there; without a stream, it has
	 * ended by now.
	 */
	private @Nullable ToolExecution find(ChatResponse answer) {
		ToolExecution execution = begin(ModelCall.current(), answer);
		if (execution == null) {
			ContextView context = ToolCallContext.current();
			execution = begin(context.getOrDefault(ModelCall.class, null), answer);
			if (execution == null) {
				execution = begin(observed(context), answer);
			}
		}
		return execution;
	}

	private @Nullable ToolExecution begin(@Nullable ModelCall call, ChatResponse answer) {
		return (call != null) ? this.calls.runTools(call, answer) : null;
	}

	private static @Nullable ModelCall observed(ContextView context) {
		return (context.getOrDefault(ObservationThreadLocalAccessor.KEY, null) instanceof Observation observation)
				? observation.getContextView().get(ModelCall.class) : null;
	}

}
