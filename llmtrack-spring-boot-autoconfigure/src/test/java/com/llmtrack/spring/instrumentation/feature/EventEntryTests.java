// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.function.Supplier;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.testsupport.Applications;
import com.llmtrack.spring.testsupport.OpenAiAnswers;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the entries of {@code llmtrack.event.include}: conversation, turn and trace.
 */
class EventEntryTests extends AbstractFeatureTests {

	private static final HttpClient http = HttpClient.newHttpClient();

	@Autowired
	private AnnotatedClients.Asking asking;

	@Autowired
	private AnnotatedClients.Tools tools;

	@Autowired
	private AnnotatedSpringBeans.Tasks tasks;

	@Autowired
	private ObservationRegistry observations;

	@Autowired
	private Tracer tracer;

	@LocalServerPort
	private int port;

	@Test
	void conversationIsTheOneOfTheChatMemory() {
		request("c-1").call().content();
		request("c-2").stream().content().blockLast();
		assertThat(values("conversation_id", 2)).containsExactlyInAnyOrder("c-1", "c-2");
	}

	@Test
	void conversationMayComeFromTheContext() {
		LlmContext.conversation("c-1").run(() -> {
			this.questions.model.call("Hi");
			this.questions.ask();
			this.questions.streamWithAdvisor().blockLast();
			request("nearer").call().content();
		});
		this.questions.ask();
		assertThat(values("conversation_id", 5)).containsExactlyInAnyOrder("c-1", "c-1", "c-1", "nearer", NONE);
	}

	@Test
	void requestsOfToolsBelongToTheConversationAndTheTurn() {
		toolAnswers(OpenAiAnswers.toolCall("askModel", "{}", 1, 1), OpenAiAnswers.text("Outer", 1, 1));
		request("c-1").tools(this.tools).call().content();
		assertThat(values("conversation_id", 3)).containsOnly("c-1");
		assertThat(values("turn_id", 3)).doesNotContain(NONE).containsOnly(values("turn_id", 3).get(0));
	}

	@Test
	void requestsOfToolsOfAStreamBelongToTheConversationAndTheTurn() {
		toolAnswers(OpenAiAnswers.toolCallStream("askClient", "{}", 1, 1), OpenAiAnswers.textStream("Outer", 1, 1));
		request("c-1").tools(this.tools).stream().content().blockLast();
		assertThat(values("conversation_id", 3)).containsOnly("c-1");
		assertThat(values("turn_id", 3)).doesNotContain(NONE).containsOnly(values("turn_id", 3).get(0));
	}

	private static void toolAnswers(ResponseDefinitionBuilder first, ResponseDefinitionBuilder last) {
		servers.openAi().answers(first, OpenAiAnswers.text("Inner", 1, 1), last);
	}

	@Test
	void eachCallOfAChatClientIsATurnOfItsOwn() {
		this.questions.ask();
		this.questions.ask();
		this.questions.streamWithMemory().blockLast();
		this.questions.streamWithAdvisor().blockLast();
		assertThat(values("turn_id", 4)).doesNotContain(NONE).doesNotHaveDuplicates();
	}

	@Test
	void requestOfAModelIsNoTurn() {
		this.questions.model.call("Hi");
		this.questions.model.stream("Hi").blockLast();
		assertThat(values("turn_id", 2)).containsOnly(NONE);
	}

	@Test
	void contextTellsTheTurnWhileItLasts() {
		assertThat(LlmContext.current().turnId()).isNull();
		this.questions.client.prompt("Hi").tools(this.tools).call().content();
		assertThat(LlmContext.current().turnId()).isNull();
	}

	@Test
	void traceIsTheOneThatTheRequestIsMadeIn() {
		String call = inTrace(this.questions::ask);
		String raw = inTrace(() -> this.questions.rawModel.call("Hi"));
		String stream = inTrace(() -> this.questions.stream().blockLast());
		String elsewhere = inTrace(() -> this.questions.streamWithMemory().blockLast());
		assertThat(values("trace_id", 4)).containsExactlyInAnyOrder(call, raw, stream, elsewhere);
	}

	@Test
	void requestsOfToolsBelongToTheTrace() {
		toolAnswers(OpenAiAnswers.toolCallStream("askModel", "{}", 1, 1), OpenAiAnswers.textStream("Outer", 1, 1));
		String trace = inTrace(() -> this.asking.stream(this.tools).blockLast());
		assertThat(values("trace_id", 3)).containsOnly(trace);
	}

	private String inTrace(Supplier<?> request) {
		return Observation.createNotStarted("test", this.observations).observe(() -> {
			request.get();
			return this.tracer.currentSpan().context().traceId();
		});
	}

	@Test
	void streamsHaveATimeToTheFirstToken() {
		this.questions.ask();
		this.questions.stream().blockLast();
		this.questions.streamWithAdvisor().blockLast();
		List<JsonNode> events = servers.awaitEvents(3);
		assertThat(events).filteredOn((event) -> event.at("/metadata/time_to_first_token_ms").isIntegralNumber())
			.hasSize(2)
			.allSatisfy((event) -> assertThat(event.at("/metadata/time_to_first_token_ms").asLong()).isBetween(0L,
					event.path("latency_ms").asLong()));
	}

	@Test
	void entriesTravelToOtherThreads() throws Exception {
		LlmContext.conversation("async").call(() -> this.tasks.withDecorator().get());
		assertThat(values("conversation_id", 1)).containsExactly("async");
	}

	@Test
	void requestsOfSpringMvcHaveTheEntries() throws Exception {
		get(this.port, "/rest");
		get(this.port, "/flux");
		assertThat(values("turn_id", 2)).doesNotContain(NONE).doesNotHaveDuplicates();
		assertThat(values("trace_id", 2)).doesNotContain(NONE).doesNotHaveDuplicates();
		assertThat(values("conversation_id", 2)).containsExactlyInAnyOrder("1", NONE);
	}

	@Test
	void requestsOfWebFluxHaveTheEntries() throws Exception {
		try (ConfigurableApplicationContext context = Applications.start(servers, true,
				FeatureWebFluxTests.Application.class, "spring.main.web-application-type=reactive", "server.port=0",
				"server.netty.max-keep-alive-requests=1", "llmtrack.event.include=conversation-id,turn-id")) {
			int port = ((WebServerApplicationContext) context).getWebServer().getPort();
			get(port, "/flux");
			get(port, "/mono");
			get(port, "/stream");
		}
		assertThat(values("turn_id", 3)).doesNotContain(NONE).doesNotHaveDuplicates();
		assertThat(values("conversation_id", 3)).containsExactlyInAnyOrder("1", "1", NONE);
	}

	private static void get(int port, String path) throws Exception {
		assertThat(http
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build(),
					HttpResponse.BodyHandlers.ofString())
			.body()).contains("Hello");
	}

	private ChatClient.ChatClientRequestSpec request(String conversation) {
		return this.questions.client.prompt("Hi")
			.advisors((advisors) -> advisors.param(ChatMemory.CONVERSATION_ID, conversation));
	}

	private static List<String> values(String entry, int count) {
		return servers.awaitEvents(count)
			.stream()
			.map((JsonNode event) -> event.path("metadata").path(entry).asString(NONE))
			.toList();
	}

}
