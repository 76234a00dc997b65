// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.LlmUsageEventSink;
import com.llmtrack.spring.delivery.DeliveryState;
import com.llmtrack.spring.delivery.EventDispatcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for applications with an {@link LlmUsageEventSink} of their own.
 */
@ExtendWith(OutputCaptureExtension.class)
class ApplicationSinkTests {

	private static final String SECRET = "secret-llmtrack-key";

	private final List<LlmUsageEvent> recorded = new CopyOnWriteArrayList<>();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(LlmTrackAutoConfiguration.class, LlmTrackInstrumentationAutoConfiguration.class))
		.withBean(ChatModel.class, () -> (prompt) -> new ChatResponse(List.of()))
		.withPropertyValues("llmtrack.delivery.shutdown-timeout=0s");

	private final ApplicationContextRunner withKey = this.runner.withPropertyValues("llmtrack.api-key=" + SECRET);

	private ApplicationContextRunner withSink(ApplicationContextRunner runner) {
		return runner.withBean("userSink", LlmUsageEventSink.class, () -> this.recorded::add);
	}

	@ParameterizedTest
	@ValueSource(strings = { "llmtrack.api-key=" + SECRET, "llmtrack.api-key=" })
	void sinkGetsEachEventBesideDelivery(String key) {
		withSink(this.runner).withBean("otherSink", LlmUsageEventSink.class, () -> this.recorded::add)
			.withPropertyValues(key, "llmtrack.base-url=http://127.0.0.1:1")
			.run((context) -> {
				context.getBean(ChatModel.class).call(new Prompt("Hi"));
				assertThat(this.recorded).hasSize(2).containsOnly(this.recorded.get(0));
				assertThat(context.getBean(EventDispatcher.class).getStatistics().getRecorded())
					.isEqualTo(key.endsWith(SECRET) ? 1 : 0);
			});
	}

	@Test
	void sinkOfTheApplicationIsBesideDelivery(CapturedOutput output) {
		withSink(this.withKey).withBean(SinkUser.class).run((context) -> {
			assertThat(context).hasSingleBean(EventDispatcher.class);
			assertThat(context.getBeansOfType(LlmUsageEventSink.class)).containsOnlyKeys("userSink",
					"llmtrackEventDispatcher");
			assertThat(context.getBean(SinkUser.class).sink).isSameAs(context.getBean("userSink"));
			assertThat(AopUtils.isAopProxy(context.getBean(ChatModel.class))).isTrue();
		});
		assertThat(output).contains("and to the application's own LlmUsageEventSink (userSink)")
			.doesNotContain("LLMtrack is off", "WARN", "ERROR");
	}

	@Test
	void sinkIsDeliveryWhereTheApplicationHasNone() {
		this.withKey.withBean(SinkUser.class)
			.run((context) -> assertThat(context.getBean(SinkUser.class).sink)
				.isSameAs(context.getBean(EventDispatcher.class)));
	}

	@Test
	void deliveryMayBeSwitchedOff(CapturedOutput output) {
		ApplicationContextRunner withoutDelivery = this.withKey.withPropertyValues("llmtrack.delivery.enabled=false");
		withSink(withoutDelivery).run((context) -> {
			assertOff(context);
			assertThat(AopUtils.isAopProxy(context.getBean(ChatModel.class))).isTrue();
		});
		assertThat(output).doesNotContain("LLMtrack is off", "WARN", "ERROR");
		withoutDelivery.run((context) -> assertThat(AopUtils.isAopProxy(context.getBean(ChatModel.class))).isFalse());
		assertThat(output).containsOnlyOnce("LLMtrack is off, because llmtrack.delivery.enabled is false");
	}

	@Test
	void missingLibraryIsReportedThoughTheApplicationHasASink(CapturedOutput output) {
		withSink(this.withKey).withClassLoader(new FilteredClassLoader(WebClient.class))
			.run(ApplicationSinkTests::assertOff);
		assertThat(output).containsOnlyOnce("but not to LLMtrack, because spring-webflux is missing");
	}

	@Test
	void nothingIsRecordedForASinkOfTheApplicationIfLlmTrackIsDisabled() {
		withSink(this.withKey.withPropertyValues("llmtrack.enabled=false")).run((context) -> {
			assertOff(context);
			assertThat(AopUtils.isAopProxy(context.getBean(ChatModel.class))).isFalse();
		});
	}

	@Test
	void sinkOfTheApplicationNeedsNoKey(CapturedOutput output) {
		withSink(this.runner)
			.run((context) -> assertThat(AopUtils.isAopProxy(context.getBean(ChatModel.class))).isTrue());
		assertThat(output).doesNotContain("LLMtrack is off");
	}

	@ParameterizedTest
	@ValueSource(strings = { "sk-abc", "with blanks" })
	void keyThatIsNotSentIsReportedThoughTheApplicationHasASink(String key, CapturedOutput output) {
		withSink(this.runner).withPropertyValues("llmtrack.api-key=" + key)
			.run((context) -> assertThat(AopUtils.isAopProxy(context.getBean(ChatModel.class))).isTrue());
		assertThat(output).containsOnlyOnce("ERROR")
			.contains("but not to LLMtrack, because llmtrack.api-key ")
			.doesNotContain("LLMtrack is off", key);
	}

	private static void assertOff(AssertableApplicationContext context) {
		assertThat(context).getBean(EventDispatcher.class)
			.extracting(EventDispatcher::getState)
			.isEqualTo(DeliveryState.OFF);
	}

	static final class SinkUser {

		private final LlmUsageEventSink sink;

		SinkUser(LlmUsageEventSink sink) {
			this.sink = sink;
		}

	}

}
