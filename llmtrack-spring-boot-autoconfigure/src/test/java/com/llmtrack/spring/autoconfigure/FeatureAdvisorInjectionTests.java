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

import com.llmtrack.spring.instrumentation.FeatureAdvisor;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.client.advisor.SimpleLoggerAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the {@link FeatureAdvisor} does not get in the way of other advisors.
 */
class FeatureAdvisorInjectionTests {

	@Test
	void applicationInjectsItsOnlyAdvisorByType() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(LlmTrackInstrumentationAutoConfiguration.class))
			.withUserConfiguration(Advised.class)
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(FeatureAdvisor.class));
	}

	@Configuration(proxyBeanMethods = false)
	static class Advised {

		@Bean
		SimpleLoggerAdvisor logging() {
			return new SimpleLoggerAdvisor();
		}

		@Bean
		String name(CallAdvisor advisor) {
			return advisor.getName();
		}

	}

}
