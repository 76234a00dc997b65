// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmUsageEvent;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientBuilderCustomizer;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientBuilderConfigurer;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that chat clients carry the feature, also in applications with customizers of
 * their own.
 */
class ChatClientCustomizerTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ToolCallingAutoConfiguration.class, ChatClientAutoConfiguration.class,
				LlmTrackAutoConfiguration.class, LlmTrackInstrumentationAutoConfiguration.class))
		.withBean(HarmlessStartTests.RecordedEvents.class)
		.withBean(ChatModel.class, HarmlessStartTests.OpenModel::new);

	@Test
	void onlyCustomizerOfTheApplicationCanBeInjectedByType() {
		this.runner.withUserConfiguration(Customizer.class).withBean(User.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(User.class).customizer).isSameAs(context.getBean("customizer"));
			assertThat(context.getBean(ChatClientBuilderCustomizer.class)).isSameAs(context.getBean("customizer"));
			assertThat(context.getBeanProvider(ChatClientBuilderCustomizer.class).getIfUnique())
				.isSameAs(context.getBean("customizer"));
		});
	}

	@Test
	void buildersCarryTheFeatureAndAreCustomizedByTheApplication() {
		this.runner.withUserConfiguration(Customizer.class).run((context) -> {
			ask(context.getBean(ChatClient.Builder.class));
			ask(context.getBean(ChatClientBuilderConfigurer.class)
				.configure(ChatClient.builder(context.getBean(ChatModel.class))));
			assertThat(context.getBean(HarmlessStartTests.RecordedEvents.class).events)
				.extracting(LlmUsageEvent::feature)
				.containsExactly("search", "search");
			assertThat(context.getBean(Customizer.class).calls).isEqualTo(2);
		});
	}

	@Test
	void buildersCarryNothingElseUnlessEventsIncludeIt() {
		assertThat(metadata()).isEmpty();
		assertThat(metadata("llmtrack.event.include=turn-id")).containsOnlyKeys("turn_id");
		assertThat(metadata("llmtrack.event.include=conversation-id")).isEqualTo(Map.of("conversation_id", "4711"));
	}

	private Map<String, Object> metadata(String... properties) {
		AtomicReference<Map<String, Object>> metadata = new AtomicReference<>();
		this.runner.withPropertyValues(properties).run((context) -> {
			context.getBean(ChatClient.Builder.class)
				.build()
				.prompt("Hi")
				.advisors((advisors) -> advisors.param(ChatMemory.CONVERSATION_ID, "4711"))
				.call()
				.content();
			metadata.set(context.getBean(HarmlessStartTests.RecordedEvents.class).events.get(0).metadata());
		});
		return metadata.get();
	}

	private static void ask(ChatClient.Builder builder) {
		builder.build()
			.prompt("Hi")
			.advisors((advisors) -> advisors.param(LlmContext.FEATURE_PARAM, "search"))
			.call()
			.content();
	}

	@Test
	void allCustomizersOfTheApplicationAreInjectedAsAList() {
		this.runner.withUserConfiguration(Customizer.class)
			.withBean("other", ChatClientBuilderCustomizer.class, () -> (builder) -> {
			})
			.withBean(UserOfAll.class)
			.run((context) -> assertThat(context.getBean(UserOfAll.class).customizers).contains(
					context.getBean("customizer", ChatClientBuilderCustomizer.class),
					context.getBean("other", ChatClientBuilderCustomizer.class)));
	}

	@Configuration(proxyBeanMethods = false)
	static class Customizer {

		private int calls;

		@Bean
		ChatClientBuilderCustomizer customizer() {
			return (builder) -> this.calls++;
		}

	}

	static class User {

		final ChatClientBuilderCustomizer customizer;

		User(@Autowired ChatClientBuilderCustomizer customizer) {
			this.customizer = customizer;
		}

	}

	static class UserOfAll {

		final List<ChatClientBuilderCustomizer> customizers;

		UserOfAll(@Autowired List<ChatClientBuilderCustomizer> customizers) {
			this.customizers = customizers;
		}

	}

}
