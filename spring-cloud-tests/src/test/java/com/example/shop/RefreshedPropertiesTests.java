// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmContextScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a change of {@code llmtrack.*} properties at run time does no harm and has
 * no effect before a restart, whatever Spring Cloud does with them.
 */
@ExtendWith(OutputCaptureExtension.class)
class RefreshedPropertiesTests extends AbstractRefreshTests {

	@ParameterizedTest
	@ValueSource(strings = { "llmtrack.environment=new", "llmtrack.default-feature=new", "llmtrack.enabled=false",
			"llmtrack.api-key=another-key", "llmtrack.base-url=http://localhost:1", "llmtrack.metadata.region=new",
			"llmtrack.model-aliases.gpt-4o-mini=new", "llmtrack.instrumentation.enabled=false",
			"llmtrack.instrumentation.exclude-beans=finalByInterface", "llmtrack.delivery.enabled=false" })
	void changedPropertyHasNoEffectBeforeARestart(String property, CapturedOutput output) {
		assertNothingChanges(output, property);
	}

	@ParameterizedTest
	@ValueSource(strings = { "llmtrack.enabled=perhaps", "llmtrack.base-url=nowhere", "llmtrack.auth-scheme=none",
			"llmtrack.delivery.shutdown-timeout=soon", "llmtrack.unknown=1" })
	void invalidPropertyFailsNoRefresh(String property, CapturedOutput output) {
		assertNothingChanges(output, property);
	}

	@Test
	void removedPropertiesStay(CapturedOutput output) {
		assertNothingChanges(output, "shop.other=property");
	}

	private void assertNothingChanges(CapturedOutput output, String property) {
		configure("shop.model=gpt-4o-mini", "llmtrack.environment=old");
		try (ConfigurableApplicationContext context = start(Shop.class, "logging.level.com.llmtrack.spring.test=off")) {
			ChatModel model = context.getBean("finalByInterface", ChatModel.class);
			call(model);
			String before = output.toString();
			refresh(context, "shop.model=gpt-4o-mini", property);
			assertThat(output.toString().substring(before.length())).doesNotContainIgnoringCase("llmtrack")
				.doesNotContain(" WARN ", " ERROR ");
			call(model);
		}
		assertThat(events()).containsExactly("shop gpt-4o-mini 5", "shop gpt-4o-mini 5");
		assertThat(this.llmTrack.received()).allSatisfy((event) -> {
			assertThat(event.get("environment")).isEqualTo("old");
			assertThat(event.get("metadata.region")).isNull();
		});
	}

	private static void call(ChatModel model) {
		try (LlmContextScope scope = LlmContext.feature("shop").open()) {
			model.call("Hi");
		}
	}

}
