// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.instrumentation.call.EventSettings;
import com.llmtrack.spring.instrumentation.call.FinalModels;
import com.llmtrack.spring.instrumentation.call.InstrumentationSettings;
import com.llmtrack.spring.instrumentation.call.ModelNameSource;
import com.llmtrack.spring.instrumentation.call.TestBeans;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests models in bean scopes, which are called through a scoped proxy and have its name.
 */
class ScopedModelTests {

	private static final EventSettings EVENTS = new EventSettings(null, null, ModelNameSource.RESPONSE,
			Map.of("finalScoped", "ours", "finalScopedByInterface", "ours", "openScoped", "ours"), Map.of(), Map.of(),
			Map.of(), Set.of(), null, null);

	private final RecordingSink sink = new RecordingSink();

	@ParameterizedTest
	@ValueSource(strings = { "finalScoped", "finalScopedByInterface", "openScoped" })
	void scopedModelIsMeasuredOnceUnderItsName(String name) {
		try (AnnotationConfigApplicationContext context = context(List.of())) {
			ChatModel model = context.getBean(name, ChatModel.class);
			model.call("Hi");
			model.call(new Prompt("Hi"));
			model.stream("Hi").blockLast();
			assertThat(this.sink.events()).hasSize(3).allSatisfy((event) -> {
				assertThat(event.provider()).isEqualTo("ours");
				assertThat(event.tokens().total()).isEqualTo(7);
			});
		}
	}

	@Test
	void scopedModelNeedsNoProxyOfOurs() {
		try (AnnotationConfigApplicationContext context = context(FinalModels.OBSERVE, List.of())) {
			context.getBean("finalScoped", ChatModel.class).call("Hi");
			assertThat(this.sink.event().model()).isEqualTo("final-model");
		}
	}

	@Test
	void excludedScopedModelIsLeftAlone() {
		try (AnnotationConfigApplicationContext context = context(List.of("finalScoped", "openScoped"))) {
			context.getBean("finalScoped", ChatModel.class).call("Hi");
			context.getBean("openScoped", ChatModel.class).call("Hi");
			assertThat(this.sink.events()).isEmpty();
			context.getBean("finalScopedByInterface", ChatModel.class).call("Hi");
			assertThat(this.sink.events()).extracting(LlmUsageEvent::model).containsExactly("final-model");
		}
	}

	@Test
	void scopedProxyCanBeSerializedAndIsStillMeasured() throws Exception {
		try (AnnotationConfigApplicationContext context = context(List.of())) {
			context.getDefaultListableBeanFactory().setSerializationId("scoped-models");
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			new ObjectOutputStream(bytes).writeObject(context.getBean("finalScoped"));
			ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()));
			((ChatModel) in.readObject()).call("Hi");
			assertThat(this.sink.event().provider()).isEqualTo("ours");
		}
	}

	private AnnotationConfigApplicationContext context(List<String> excludeBeans) {
		return context(FinalModels.PROXY, excludeBeans);
	}

	private AnnotationConfigApplicationContext context(FinalModels finalModels, List<String> excludeBeans) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.registerBean(DefaultModelInstrumentation.class, () -> new DefaultModelInstrumentation(
				TestBeans.of(this.sink, EVENTS, new InstrumentationSettings(excludeBeans, finalModels, false, true))));
		context.registerBean(ModelPostProcessor.class,
				() -> new ModelPostProcessor(context.getBean(DefaultModelInstrumentation.class)));
		context.register(Scoped.class);
		context.refresh();
		return context;
	}

	@Configuration(proxyBeanMethods = false)
	static class Scoped {

		@Bean
		@Scope(scopeName = "prototype", proxyMode = ScopedProxyMode.INTERFACES)
		TestModels.FinalModel finalScoped() {
			return new TestModels.FinalModel();
		}

		@Bean
		@Scope(scopeName = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
		ChatModel finalScopedByInterface() {
			return new TestModels.FinalModel();
		}

		@Bean
		@Scope(scopeName = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
		TestModels.OpenModel openScoped() {
			return new TestModels.OpenModel();
		}

	}

}
