// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import com.llmtrack.spring.testsupport.AlsoProcessed;
import com.llmtrack.spring.testsupport.AnthropicAnswers;
import com.llmtrack.spring.testsupport.Applications;
import com.llmtrack.spring.testsupport.ModelUses;
import com.llmtrack.spring.testsupport.OllamaAnswers;
import com.llmtrack.spring.testsupport.OpenAiAnswers;
import com.llmtrack.spring.testsupport.StubServers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.observation.DefaultChatModelObservationConvention;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.beans.BeansException;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that an application obtains models as without the starter, in every way, and that
 * each request gives one event.
 */
@AlsoProcessed
class InjectionMatrixTests {

	@RegisterExtension
	private static final StubServers servers = new StubServers();

	@BeforeEach
	void prepare() {
		ModelUses.prepare(servers);
	}

	@ParameterizedTest
	@EnumSource
	void everyWayLeadsToTheSameModelAndToOneEventPerRequest(Provider provider) throws Exception {
		Map<String, String> untracked;
		try (ConfigurableApplicationContext context = start(provider, false)) {
			untracked = descriptions(provider, follow(provider, context));
		}
		try (ConfigurableApplicationContext context = start(provider, true)) {
			Map<String, Object> found = follow(provider, context);
			assertThat(found).hasSizeGreaterThan(60);
			assertThat(descriptions(provider, found)).containsExactlyEntriesOf(untracked);
			assertThat(found.keySet().stream().filter((way) -> found.get(way) instanceof BeansException))
				.containsExactlyInAnyOrderElementsOf(provider.failures);
			found.values().removeIf(BeansException.class::isInstance);
			List<JsonNode> events = ModelUses.assertOneEventPerRequest(servers, found);
			assertThat(events).allSatisfy((event) -> {
				assertThat(event.get("provider").asString()).isEqualTo(provider.name().toLowerCase(Locale.ROOT));
				assertThat(event.get("model").asString()).isEqualTo(provider.model);
			});
		}
	}

	private static ConfigurableApplicationContext start(Provider provider, boolean tracked) {
		return Applications.start(servers, tracked, provider.application, "spring.profiles.active=all-providers",
				"spring.ai.chat.client.enabled=false");
	}

	private static Map<String, Object> follow(Provider provider, ConfigurableApplicationContext context)
			throws Exception {
		InjectionWays ways = new InjectionWays(context, provider.type);
		ways.addInjected(context.getBean(Injections.Consumer.class));
		ways.addInjected(context.getBean(Injections.Parameters.class));
		ways.addCreated("lazyByClass", provider.lazy);
		ways.addCreated("missing", Injections.Missing.class);
		ways.addCreated("missingByClass", Injections.MissingByClass.class);
		ways.addLookUps(provider.beanName);
		return ways.follow();
	}

	private static Map<String, String> descriptions(Provider provider, Map<String, Object> found) {
		Map<String, String> descriptions = new LinkedHashMap<>();
		found.forEach((way, model) -> descriptions.put(way, describe(provider, way, model)));
		return descriptions;
	}

	private static String describe(Provider provider, String way, Object found) {
		if (found instanceof BeansException ex) {
			return ex.getClass().getName();
		}
		assertThat(found).isEqualTo(found).hasSameHashCodeAs(found);
		String specific = way.endsWith("ByClass") ? provider.specific.apply(found) : "";
		return "%s %s %s".formatted(found.toString().replaceFirst("@\\w+$", ""),
				((ChatModel) found).getOptions().getModel(), specific);
	}

	enum Provider {

		OPENAI("openAiChatModel", OpenAiChatModel.class, OpenAiAnswers.MODEL, Injections.OpenAi.class,
				Injections.LazyOpenAi.class, (model) -> ((OpenAiChatModel) model).getOptions().getBaseUrl(),
				List.of("lazyByClass", "missing", "missingByClass")),

		ANTHROPIC("anthropicChatModel", AnthropicChatModel.class, AnthropicAnswers.MODEL, Injections.Anthropic.class,
				Injections.LazyAnthropic.class,
				(model) -> "" + ((AnthropicChatModel) model).getAnthropicClient().getClass(),
				List.of("lazyByClass", "missing", "missingByClass")),

		OLLAMA("ollamaChatModel", OllamaChatModel.class, OllamaAnswers.MODEL, Injections.Ollama.class,
				Injections.LazyOllama.class, (model) -> {
					((OllamaChatModel) model).setObservationConvention(new DefaultChatModelObservationConvention());
					return ((OllamaChatModel) model).getOptions().toMap().toString();
				}, List.of("missing", "missingByClass"));

		private final String beanName;

		private final Class<? extends ChatModel> type;

		private final String model;

		private final Class<?> application;

		private final Class<?> lazy;

		private final Function<Object, String> specific;

		private final List<String> failures;

		Provider(String beanName, Class<? extends ChatModel> type, String model, Class<?> application, Class<?> lazy,
				Function<Object, String> specific, List<String> failures) {
			this.beanName = beanName;
			this.type = type;
			this.model = model;
			this.application = application;
			this.lazy = lazy;
			this.specific = specific;
			this.failures = failures;
		}

	}

}
