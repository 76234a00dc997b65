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

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Conditional;

/**
 * Matches if there is a key that may be sent to LLMtrack, or a bean that knows one.
 */
class OnConnectionCondition extends AnyNestedCondition {

	OnConnectionCondition() {
		super(ConfigurationPhase.REGISTER_BEAN);
	}

	@Conditional(OnUsableApiKeyCondition.class)
	static class ByProperty {

	}

	@ConditionalOnBean(LlmTrackConnectionDetails.class)
	static class ByBean {

	}

}
