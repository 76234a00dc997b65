/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package com.llmtrack.spring.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches if there is a key that may be sent to LLMtrack.
 */
class OnUsableApiKeyCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("LLMtrack key");
		return switch (ApiKeyState.in(context.getEnvironment())) {
			case USABLE -> ConditionOutcome.match(message.because(ApiKeyState.PROPERTY + " is set"));
			case MISSING -> ConditionOutcome.noMatch(message.because(ApiKeyState.PROPERTY + " is not set"));
			case OF_A_PROVIDER ->
				ConditionOutcome.noMatch(message.because(ApiKeyState.PROPERTY + " is a model provider's key"));
			case MALFORMED ->
				ConditionOutcome.noMatch(message.because(ApiKeyState.PROPERTY + " has characters that no key has"));
		};
	}

}
