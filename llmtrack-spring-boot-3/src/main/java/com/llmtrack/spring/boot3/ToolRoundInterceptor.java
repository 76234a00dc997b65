// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.boot3;

import com.llmtrack.spring.instrumentation.call.ToolExecution;
import com.llmtrack.spring.instrumentation.model.ToolTap;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.model.tool.ToolExecutionResult;

/**
 * Sees where a model has a {@link ToolCallingManager} run tools, in the middle of a call:
 * one of its requests has ended, and the next one begins when the tools have ended,
 * unless a budget refuses it: then its exception is thrown. Arguments, results and other
 * exceptions pass unchanged.
 */
final class ToolRoundInterceptor implements MethodInterceptor {

	private final ToolTap tap;

	ToolRoundInterceptor(ToolTap tap) {
		this.tap = tap;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		ToolExecution execution = begin(invocation.getArguments());
		if (execution == null) {
			return invocation.proceed();
		}
		try (execution) {
			Object result = invocation.proceed();
			RuntimeException refusal = (result instanceof ToolExecutionResult results)
					? this.tap.end(execution, results) : null;
			if (refusal != null) {
				throw refusal;
			}
			return result;
		}
	}

	private @Nullable ToolExecution begin(@Nullable Object[] arguments) {
		return (arguments.length == 2 && arguments[1] instanceof ChatResponse answer) ? this.tap.begin(answer) : null;
	}

}
