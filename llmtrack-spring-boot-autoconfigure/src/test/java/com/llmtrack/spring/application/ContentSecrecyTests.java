// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.application;

import java.util.List;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.llmtrack.spring.testsupport.AlsoProcessed;
import com.llmtrack.spring.testsupport.OpenAiAnswers;
import com.llmtrack.spring.testsupport.StubServers;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that no event, log line or meter contains content of requests or answers.
 */
@AlsoProcessed
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE, classes = ContentSecrecyTests.Application.class,
		properties = { "spring.ai.openai.api-key=openai-key", "spring.ai.openai.chat.model=gpt-4o-mini",
				"spring.ai.openai.max-retries=0", "llmtrack.api-key=llmtrack-key",
				"llmtrack.instrumentation.embeddings=true" })
@ActiveProfiles("observations")
class ContentSecrecyTests {

	private static final String MARKER = "confidential-7f3a";

	@RegisterExtension
	private static final StubServers servers = new StubServers();

	private final Logger logger = (Logger) LoggerFactory.getLogger("com.llmtrack");

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	@Autowired
	private ChatClient.Builder chatClient;

	@Autowired
	@Qualifier("openAiChatModel")
	private ChatModel byInterface;

	@Autowired
	private OpenAiChatModel byClass;

	@Autowired
	@Qualifier("hostile")
	private ChatModel hostile;

	@Autowired
	private EmbeddingModel embeddingModel;

	@Autowired
	private MeterRegistry meters;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		registry.add("spring.ai.openai.base-url", servers::openAiUrl);
		registry.add("llmtrack.base-url", servers::llmTrackUrl);
	}

	@BeforeEach
	void capture() {
		this.log.start();
		this.logger.addAppender(this.log);
		this.logger.setLevel(Level.TRACE);
	}

	@AfterEach
	void restore() {
		this.logger.setLevel(null);
		this.logger.detachAppender(this.log);
	}

	private void assertNothingLeaks(int events) {
		assertThat(servers.awaitEventRequests(events)).allSatisfy((request) -> {
			assertThat(request.getBodyAsString()).doesNotContain(MARKER);
			assertThat(request.getHeaders().toString()).doesNotContain(MARKER);
		});
		assertThat(this.log.list).allSatisfy((line) -> {
			assertThat(line.getFormattedMessage()).doesNotContain(MARKER);
			assertThat(messages(line.getThrowableProxy())).doesNotContain(MARKER);
		});
		assertThat(this.meters.getMeters()).isNotEmpty()
			.allSatisfy((meter) -> assertThat(meter.getId().toString()).doesNotContain(MARKER));
	}

	private static String messages(IThrowableProxy throwable) {
		return (throwable != null) ? throwable.getMessage() + messages(throwable.getCause()) : "";
	}

	private static Prompt prompt() {
		return new Prompt(List.of(new SystemMessage("You know " + MARKER), new UserMessage("What is " + MARKER + "?")));
	}

	@Test
	void callLeaksNothing() {
		servers.openAi().answers(OpenAiAnswers.text("It is " + MARKER, 3, 2));
		assertThat(this.byInterface.call(prompt()).getResult().getOutput().getText()).contains(MARKER);
		this.byClass.call(prompt());
		assertNothingLeaks(2);
	}

	@Test
	void streamLeaksNothing() {
		servers.openAi().answers(OpenAiAnswers.textStream("It is " + MARKER, 3, 2));
		this.byInterface.stream(prompt()).blockLast();
		this.byClass.stream(prompt()).blockLast();
		this.byInterface.stream(prompt()).take(1).blockLast();
		this.byClass.stream(prompt()).take(1).blockLast();
		assertNothingLeaks(4);
	}

	@Test
	void failureLeaksNothing() {
		servers.openAi()
			.answers(WireMock
				.jsonResponse("{\"error\":{\"message\":\"Bad: " + MARKER + "\",\"code\":\"" + MARKER + "\"}}", 400));
		Stream.of(this.byInterface, this.byClass).forEach((model) -> {
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> model.call(prompt()))
				.withMessageContaining(MARKER);
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> model.stream(prompt()).blockLast());
		});
		assertNothingLeaks(4);
	}

	@Test
	void toolLeaksNothing() {
		servers.openAi()
			.answers(OpenAiAnswers.toolCall("reveal", "{\"of\":\"" + MARKER + "\"}", 3, 2),
					OpenAiAnswers.text("It is " + MARKER, 3, 2));
		assertThat(this.chatClient.clone().build().prompt(prompt()).tools(new Tools()).call().content())
			.contains(MARKER);
		assertThat(servers.openAi().bodies().get(1)).contains("result " + MARKER);
		assertNothingLeaks(2);
	}

	@Test
	void failingToolLeaksNothing() {
		servers.openAi()
			.answers(OpenAiAnswers.toolCall("fail", "{\"of\":\"" + MARKER + "\"}", 3, 2),
					OpenAiAnswers.text("It is " + MARKER, 3, 2));
		this.chatClient.clone().build().prompt(prompt()).tools(new Tools()).call().content();
		assertThat(servers.openAi().bodies().get(1)).contains("failed " + MARKER);
		assertNothingLeaks(2);
	}

	@Test
	void streamedToolLeaksNothing() {
		servers.openAi()
			.answers(OpenAiAnswers.toolCallStream("reveal", "{\"of\":\"" + MARKER + "\"}", 3, 2),
					OpenAiAnswers.textStream("It is " + MARKER, 3, 2));
		this.chatClient.clone().build().prompt(prompt()).tools(new Tools()).stream().content().blockLast();
		assertThat(servers.openAi().bodies().get(1)).contains("result " + MARKER);
		assertNothingLeaks(2);
	}

	@Test
	void embeddingLeaksNothing() {
		this.embeddingModel.embed(MARKER);
		servers.openAiEmbeddings().answers(WireMock.jsonResponse("{\"error\":{\"message\":\"" + MARKER + "\"}}", 400));
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> this.embeddingModel.embed(MARKER));
		assertNothingLeaks(2);
	}

	@Test
	void failureOfTheTrackingLeaksNothing() {
		for (int i = 0; i < 2; i++) {
			this.hostile.call(prompt());
		}
		assertThat(this.log.list)
			.anySatisfy((line) -> assertThat(line.getFormattedMessage()).contains("not be recorded"));
		assertNothingLeaks(2);
	}

	static class Tools {

		@Tool
		String reveal(String of) {
			return "result " + of;
		}

		@Tool
		String fail(String of) {
			throw new IllegalStateException("failed " + of);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		/**
		 * A model whose usage can't be read without an exception that quotes the prompt.
		 */
		@Bean(autowireCandidate = true, defaultCandidate = false)
		ChatModel hostile() {
			return (prompt) -> new ChatResponse(List.of(),
					ChatResponseMetadata.builder().usage(new HostileUsage(prompt)).build());
		}

	}

	record HostileUsage(Prompt prompt) implements Usage {

		@Override
		public Integer getPromptTokens() {
			throw new IllegalStateException(this.prompt.toString());
		}

		@Override
		public Integer getCompletionTokens() {
			throw new IllegalStateException(this.prompt.toString());
		}

		@Override
		public Object getNativeUsage() {
			return this.prompt;
		}

	}

}
