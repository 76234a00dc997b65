// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.List;
import java.util.stream.Stream;

import com.llmtrack.spring.testsupport.OpenAiAnswers;
import com.openai.errors.BadRequestException;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.client.advisor.StructuredOutputValidationAdvisor;
import org.springframework.ai.chat.client.advisor.api.AdvisorChain;
import org.springframework.ai.chat.client.advisor.api.BaseAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that each request of a {@link ChatClient} gives one event, however it is made.
 */
class ChatClientCoverageTests extends AbstractChatClientTests {

	@Test
	void observationsAreOff(@Autowired ObjectProvider<ObservationRegistry> observations) {
		assertThat(observations.getIfAvailable()).isNull();
	}

	@Test
	void contentGivesOneEvent() {
		servers.openAi().answers(OpenAiAnswers.text("Hello", 3, 2));
		assertThat(this.chatClient.prompt("Hi").call().content()).isEqualTo("Hello");
		assertEvents("success 3/2/5");
	}

	@Test
	void chatResponseGivesOneEvent() {
		servers.openAi().answers(OpenAiAnswers.text("Hello", 3, 2));
		assertThat(this.chatClient.prompt("Hi").call().chatResponse()).isNotNull();
		assertEvents("success 3/2/5");
	}

	@Test
	void eachUseOfAResponseSpecificationIsARequest() {
		servers.openAi().answers(OpenAiAnswers.text("Hello", 3, 2));
		ChatClient.CallResponseSpec call = this.chatClient.prompt("Hi").call();
		call.content();
		call.chatClientResponse();
		assertEvents("success 3/2/5", "success 3/2/5");
	}

	@Test
	void failureGivesOneEvent() {
		servers.openAi().answers(OpenAiAnswers.failure(400));
		assertThatExceptionOfType(BadRequestException.class)
			.isThrownBy(() -> this.chatClient.prompt("Hi").call().content());
		assertEvents("error ?");
	}

	@Test
	void entityGivesOneEvent() {
		servers.openAi().answers(OpenAiAnswers.text("{\"name\":\"Oslo\",\"people\":7}", 3, 2));
		assertThat(this.chatClient.prompt("Hi").call().entity(City.class)).isEqualTo(new City("Oslo", 7));
		assertThat(this.chatClient.prompt("Hi").call().responseEntity(City.class).entity())
			.isEqualTo(new City("Oslo", 7));
		assertEvents("success 3/2/5", "success 3/2/5");
	}

	@Test
	void eachRepeatOfAValidatedEntityGivesOneEvent() {
		servers.openAi()
			.answers(OpenAiAnswers.text("{\"people\":\"many\"}", 3, 2), OpenAiAnswers.text("no JSON", 5, 1),
					OpenAiAnswers.text("{\"name\":\"Oslo\",\"people\":7}", 8, 4));
		City city = this.chatClient.prompt("Hi").call().entity(City.class, (spec) -> spec.validateSchema());
		assertThat(city).isEqualTo(new City("Oslo", 7));
		assertEvents("success 3/2/5", "success 5/1/6", "success 8/4/12");
	}

	@Test
	void entityThatIsNeverValidGivesFourEvents() {
		servers.openAi().answers(OpenAiAnswers.text("no JSON", 3, 2));
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> this.chatClient.prompt("Hi").call().entity(City.class, (spec) -> spec.validateSchema()));
		assertEvents("success 3/2/5", "success 3/2/5", "success 3/2/5", "success 3/2/5");
	}

	@Test
	void eachRepeatOfTheValidationAdvisorGivesOneEvent() {
		servers.openAi().answers(OpenAiAnswers.text("no JSON", 3, 2));
		this.chatClient.prompt("Hi")
			.advisors(StructuredOutputValidationAdvisor.builder().outputType(City.class).maxRepeatAttempts(1).build())
			.call()
			.content();
		assertEvents("success 3/2/5", "success 3/2/5");
	}

	@Test
	void streamedContentGivesOneEvent() {
		servers.openAi().answers(OpenAiAnswers.textStream("Hello", 3, 2));
		assertThat(this.chatClient.prompt("Hi").stream().content().collectList().block()).contains("Hello");
		assertEvents("success 3/2/5");
	}

	@Test
	void streamedChatResponseGivesOneEvent() {
		servers.openAi().answers(OpenAiAnswers.textStream("Hello", 3, 2));
		assertThat(this.chatClient.prompt("Hi").stream().chatResponse().collectList().block()).isNotEmpty();
		assertEvents("success 3/2/5");
	}

	@Test
	void eachSubscriptionToAStreamSpecificationIsARequest() {
		servers.openAi().answers(OpenAiAnswers.textStream("Hello", 3, 2));
		ChatClient.StreamResponseSpec stream = this.chatClient.prompt("Hi").stream();
		Flux.merge(stream.content(), stream.chatResponse()).blockLast();
		assertEvents("success 3/2/5", "success 3/2/5");
	}

	@Test
	void streamThatNobodySubscribesToGivesNoEvent() {
		this.chatClient.prompt("Hi").stream().content();
		assertEvents();
	}

	@Test
	void failedStreamGivesOneEvent() {
		servers.openAi().answers(OpenAiAnswers.failure(500));
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> this.chatClient.prompt("Hi").stream().content().blockLast());
		assertEvents("error ?");
	}

	@Test
	void memoryAddsNoEvent() {
		servers.openAi().answers(OpenAiAnswers.text("Hello", 3, 2), OpenAiAnswers.textStream("Hello", 9, 2));
		ChatClient.ChatClientRequestSpec prompt = this.chatClient.prompt("Hi")
			.advisors(MessageChatMemoryAdvisor.builder(MessageWindowChatMemory.builder().build()).build())
			.advisors((advisors) -> advisors.param(ChatMemory.CONVERSATION_ID, "1"));
		prompt.call().content();
		prompt.stream().content().blockLast();
		assertEvents("success 3/2/5", "success 9/2/11");
		assertThat(servers.openAi().bodies().get(1)).contains("Hello");
	}

	@Test
	void advisorThatChangesThreadAddsNoEvent() {
		servers.openAi().answers(OpenAiAnswers.text("Hello", 3, 2), OpenAiAnswers.textStream("Hello", 9, 2));
		ChatClient client = this.chatClient.mutate().defaultAdvisors(new Retrieval(), new Retrieval()).build();
		client.prompt("Hi").call().content();
		client.prompt("Hi").stream().content().blockLast();
		assertEvents("success 3/2/5", "success 9/2/11");
		assertThat(servers.openAi().bodies()).allSatisfy((body) -> assertThat(body).contains("retrieved"));
	}

	@Test
	void streamThatFailsBehindAnAdvisorGivesOneEvent() {
		servers.openAi().answers(OpenAiAnswers.failure(400));
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> this.chatClient.prompt("Hi").advisors(new Retrieval()).stream().content().blockLast());
		assertEvents("error ?");
	}

	@Test
	void twoClientsOfOneModelGiveOneEventEach() {
		servers.openAi().answers(OpenAiAnswers.text("Hello", 3, 2), OpenAiAnswers.text("Hello", 4, 2));
		ChatClient other = ChatClient.create(this.chatModel);
		this.chatClient.prompt("Hi").call().content();
		other.prompt("Hi").call().content();
		assertEvents("success 3/2/5", "success 4/2/6");
	}

	@Test
	void modelOfTheUsersOptionsIsTheOneReported() {
		servers.openAi().answers(OpenAiAnswers.failure(400));
		ChatClient client = this.chatClientBuilder.clone()
			.defaultOptions(OpenAiChatOptions.builder().model("gpt-4o"))
			.build();
		Stream.of(client.prompt("Hi"), client.prompt("Hi").options(OpenAiChatOptions.builder().model("gpt-5")))
			.forEach((prompt) -> assertThatExceptionOfType(BadRequestException.class)
				.isThrownBy(() -> prompt.call().content()));
		List<JsonNode> events = assertEvents("error ?", "error ?");
		assertThat(events).extracting((event) -> event.get("model").asString())
			.containsExactlyInAnyOrder("gpt-4o", "gpt-5");
	}

	record City(String name, int people) {

	}

	/**
	 * As {@code QuestionAnswerAdvisor}, hops to another thread in streams.
	 */
	private static final class Retrieval implements BaseAdvisor {

		@Override
		public ChatClientRequest before(ChatClientRequest request, AdvisorChain chain) {
			return request.mutate()
				.prompt(request.prompt()
					.augmentUserMessage((message) -> message.mutate().text(message.getText() + " retrieved").build()))
				.build();
		}

		@Override
		public ChatClientResponse after(ChatClientResponse response, AdvisorChain chain) {
			return response;
		}

		@Override
		public int getOrder() {
			return 0;
		}

	}

}
