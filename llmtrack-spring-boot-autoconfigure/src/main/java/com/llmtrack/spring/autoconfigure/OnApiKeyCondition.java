// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches if {@code llmtrack.api-key} may be sent to LLMtrack.
 */
class OnApiKeyCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ApiKeyState key = ApiKeyState.in(context.getEnvironment());
		return new ConditionOutcome(key == ApiKeyState.USABLE,
				ConditionMessage.forCondition("LLMtrack key").because(ApiKeyState.PROPERTY + " " + key));
	}

}
