// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import com.llmtrack.spring.testsupport.AlsoProcessed;
import com.llmtrack.spring.testsupport.Applications;
import com.llmtrack.spring.testsupport.EventAssertions;
import com.llmtrack.spring.testsupport.ModelUses;
import com.llmtrack.spring.testsupport.StubServers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that models declared by the application give one event per request, however they
 * are declared.
 */
@AlsoProcessed
@Tag("slow")
class BeanShapeTests {

	private static final String OBSERVATIONS = "spring.profiles.active=observations";

	@RegisterExtension
	private static final StubServers servers = new StubServers();

	@BeforeEach
	void prepare() {
		ModelUses.prepare(servers);
	}

	@Test
	void modelsInjectedByInterfaceGiveOneEventPerRequest() {
		try (ConfigurableApplicationContext context = start(BeanShapes.Application.class, true)) {
			ModelUses.assertOneEventPerRequest(servers, injected(context));
		}
	}

	@Test
	void observedModelsThatAreLookedUpGiveOneEventPerRequest() {
		Set<String> untracked;
		try (ConfigurableApplicationContext context = start(BeanShapes.Application.class, false, OBSERVATIONS)) {
			untracked = lookedUp(context).keySet();
		}
		try (ConfigurableApplicationContext context = start(BeanShapes.Application.class, true, OBSERVATIONS)) {
			Map<String, ChatModel> models = lookedUp(context);
			assertThat(models).containsOnlyKeys(untracked);
			ModelUses.assertOneEventPerRequest(servers, models);
		}
	}

	@Test
	@DisabledIfSystemProperty(named = "llmtrack.test.processed", matches = "true",
			disabledReason = "Spring allows no circles of fields then")
	void modelsInCirclesGiveOneEventPerRequest() {
		try (ConfigurableApplicationContext context = start(BeanShapes.Circular.class, true,
				"spring.main.allow-circular-references=true")) {
			BeanShapes.Partner partner = context.getBean(BeanShapes.Partner.class);
			assertThat(context.getBeansOfType(BeanShapes.RoutingModel.class).values()).hasSize(2)
				.allSatisfy((model) -> assertThat(model.partner()).isSameAs(partner));
			ModelUses.assertOneEventPerRequest(servers, Map.of("open", partner.openModel, "final", partner.finalModel));
			ModelUses.prepare(servers);
			assertThat(partner.lambda.call("Hi")).isEqualTo("Hello");
			EventAssertions.assertEvents(servers, servers::requests, ModelUses.CALL);
		}
	}

	private static ConfigurableApplicationContext start(Class<?> shape, boolean tracked, String... properties) {
		return Applications.start(servers, tracked, shape,
				Stream.concat(
						Stream.of("spring.ai.model.chat=none", "spring.ai.model.embedding=none",
								"spring.ai.chat.client.enabled=false", "spring.aop.proxy-target-class=false"),
						Stream.of(properties))
					.toArray(String[]::new));
	}

	private static Map<String, ChatModel> injected(ApplicationContext context) {
		BeanShapes.Consumer consumer = context.getBean(BeanShapes.Consumer.class);
		Map<String, ChatModel> models = new LinkedHashMap<>();
		ReflectionUtils.doWithLocalFields(BeanShapes.Consumer.class,
				(field) -> models.put(field.getName(), (ChatModel) field.get(consumer)));
		models.values().removeIf(Objects::isNull);
		return models;
	}

	private static Map<String, ChatModel> lookedUp(ApplicationContext context) {
		Map<String, ChatModel> models = injected(context);
		Stream.of(ChatModel.class, OpenAiChatModel.class, OllamaChatModel.class)
			.forEach((type) -> context.getBeansOfType(type)
				.forEach((name, model) -> models.put(name + " as " + type.getSimpleName(), model)));
		return models;
	}

}
