// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import com.llmtrack.spring.delivery.DeliveryState;
import com.llmtrack.spring.delivery.EventDispatcher;
import com.llmtrack.spring.instrumentation.usage.SpringAiApi;
import com.llmtrack.spring.json.Json;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A test that does not ask for recording, without a key.
 */
@SpringBootTest(properties = { "llmtrack.enabled=true", "llmtrack.api-key=" })
class NoKeyTests {

	@Test
	void nothingIsSent(@Autowired SupportChat supportChat, @Autowired EventDispatcher dispatcher) {
		assertThat(supportChat.answer("Hi")).isEqualTo("Hello");
		assertThat(dispatcher.getState()).isEqualTo(DeliveryState.OFF);
	}

	@Test
	void moduleForAnOlderLineContributesNothing(@Autowired ConfigurableApplicationContext context) {
		String module = "com.llmtrack.spring.boot3.";
		assertThat(ClassUtils.isPresent(module + "SpringAi1AutoConfiguration", getClass().getClassLoader())).isTrue();
		assertThat(context.getBeanDefinitionNames()).contains("llmtrackStartupReport")
			.noneMatch((name) -> name.startsWith(module))
			.noneMatch((name) -> ClassUtils.getUserClass(context.getType(name)).getName().startsWith(module));
		assertThat(SpringAiApi.get().getClass().getName()).doesNotStartWith(module);
		assertThat(Json.get().getClass().getName()).doesNotStartWith(module);
	}

}
