// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.usage;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.ModelInstrumentation;
import com.llmtrack.spring.testsupport.SmallApplications;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.dynamic.scaffold.subclass.ConstructorStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the provider of each model class and each observation.
 */
class ProviderNamingTests {

	private final List<LlmUsageEvent> events = new CopyOnWriteArrayList<>();

	private final ApplicationContextRunner runner = SmallApplications.recording(this.events)
		.withBean("observations", ObservationRegistry.class, ObservationRegistry::create);

	private String provider() {
		assertThat(this.events).hasSize(1);
		return this.events.get(0).provider();
	}

	@ParameterizedTest
	@CsvSource({ "anthropic, anthropic", "azure.openai, azure", "bedrock.converse, amazon-bedrock",
			"deepseek, deepseek", "google.genai, google", "huggingface, huggingface", "minimax, minimax",
			"mistralai, mistral", "ollama, ollama", "openai, openai", "openaisdk, openai",
			"vertexai.gemini, google-vertex", "zhipuai, zhipuai", "transformers, onnx", "postgresml, postgresml",
			"somebody.elses, unknown", "openaisomething, unknown" })
	void providerIsThatOfTheModelsPackage(String packageName, String provider) throws ReflectiveOperationException {
		ChatModel model = modelIn("org.springframework.ai." + packageName);
		this.runner.run((context) -> context.getBean(ModelInstrumentation.class).instrument(model).call("Hi"));
		assertThat(provider()).isEqualTo(provider);
	}

	@Test
	void packageOutsideOfSpringAiTellsNoProvider() throws ReflectiveOperationException {
		ChatModel model = modelIn("com.example.org.springframework.ai.openai");
		this.runner.run((context) -> context.getBean(ModelInstrumentation.class).instrument(model).call("Hi"));
		assertThat(provider()).isEqualTo("unknown");
	}

	private static ChatModel modelIn(String packageName) throws ReflectiveOperationException {
		return new ByteBuddy()
			.subclass(EventNamingTests.NamelessModel.class, ConstructorStrategy.Default.IMITATE_SUPER_CLASS_OPENING)
			.modifiers(Visibility.PUBLIC)
			.name(packageName + ".SomeChatModel")
			.make()
			.load(ProviderNamingTests.class.getClassLoader())
			.getLoaded()
			.getConstructor()
			.newInstance();
	}

	@ParameterizedTest
	@CsvSource({ "anthropic, anthropic", "azure-openai, azure", "bedrock_converse, amazon-bedrock",
			"deepseek, deepseek", "google_genai, google", "huggingface, huggingface", "minimax, minimax",
			"mistral_ai, mistral", "ollama, ollama", "openai, openai", "openai_sdk, openai", "vertex_ai, google-vertex",
			"zhipuai, zhipuai", "another, another" })
	void providerIsTheObservedOne(String observed, String provider) {
		this.runner.run((context) -> observe(context.getBean(ObservationRegistry.class), observed));
		assertThat(provider()).isEqualTo(provider);
	}

	@ParameterizedTest
	@ValueSource(strings = { "onnx", "postgresml" })
	void observedModelThatRunsInsideTheApplicationGivesNoEvent(String observed) {
		this.runner.run((context) -> observe(context.getBean(ObservationRegistry.class), observed));
		assertThat(this.events).isEmpty();
	}

	private static void observe(ObservationRegistry registry, String provider) {
		ChatModelObservationContext context = ChatModelObservationContext.builder()
			.prompt(new Prompt("Hi", ChatOptions.builder().model("requested").build()))
			.provider(provider)
			.build();
		Observation.createNotStarted("gen_ai.client.operation", () -> context, registry).observe(() -> {
		});
	}

}
