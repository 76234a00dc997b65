// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import com.llmtrack.spring.LlmUsageEventSink;
import com.llmtrack.spring.testsupport.Applications;
import com.llmtrack.spring.testsupport.EventAssertions;
import com.llmtrack.spring.testsupport.ModelUses;
import com.llmtrack.spring.testsupport.StubServers;
import jakarta.annotation.PostConstruct;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests that requests made before the application is ready are recorded as soon as it is.
 */
@ExtendWith(OutputCaptureExtension.class)
class EarlyCallTests {

	@RegisterExtension
	private static final StubServers servers = new StubServers();

	@BeforeEach
	void prepare() {
		ModelUses.prepare(servers);
	}

	@Test
	void callsBeforeTheApplicationIsReadyGiveOneEventEach(CapturedOutput output) {
		try (ConfigurableApplicationContext context = Applications.start(servers, true, Application.class)) {
			EventAssertions.assertEvents(servers, servers::requests, ModelUses.CALL, ModelUses.STREAM, ModelUses.CALL,
					ModelUses.STREAM, ModelUses.CALL, ModelUses.STREAM, ModelUses.CALL);
			assertThat(context.getBean(EarlyBird.class).sinkWasThere).isFalse();
		}
		assertThat(output).doesNotContain("not eligible").doesNotContain(" WARN ");
	}

	@Test
	void callsOfAnApplicationThatNeverGetsReadyAreReportedAsLost(CapturedOutput output) {
		assertThatException().isThrownBy(() -> Applications.start(servers, true, FailingApplication.class));
		assertThat(servers.requests()).isEqualTo(7);
		servers.awaitEvents(0);
		assertThat(output).contains("7 model requests that it had made are not recorded");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(EarlyBird.class)
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ EarlyBird.class, Failing.class })
	static class FailingApplication {

	}

	/**
	 * Uses models while it is created, and waits for a thread that does so.
	 */
	static class EarlyBird implements InitializingBean {

		private final ChatModel model;

		private final OpenAiChatModel openAi;

		private final ConfigurableApplicationContext context;

		private boolean sinkWasThere;

		EarlyBird(ChatModel model, OpenAiChatModel openAi, ConfigurableApplicationContext context) {
			this.model = model;
			this.openAi = openAi;
			this.context = context;
			this.model.call("Hi");
		}

		@PostConstruct
		void start() {
			this.model.stream("Hi").blockLast();
			this.openAi.call("Hi");
			this.openAi.stream("Hi").blockLast();
		}

		@Override
		public void afterPropertiesSet() throws Exception {
			FutureTask<String> calls = new FutureTask<>(() -> {
				this.model.call("Hi");
				this.model.stream("Hi").blockLast();
				return this.openAi.call("Hi");
			});
			new Thread(calls).start();
			calls.get(30, TimeUnit.SECONDS);
			this.sinkWasThere = Applications.isCreated(this.context, LlmUsageEventSink.class);
		}

	}

	/**
	 * Comes last, and fails.
	 */
	static class Failing {

		Failing(EarlyBird earlyBird) {
			throw new IllegalStateException("failed");
		}

	}

}
