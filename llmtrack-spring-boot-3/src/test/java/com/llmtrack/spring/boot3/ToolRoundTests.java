// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.boot3;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.boot3.Provider.Answer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that each request which a model makes within one call gives one event with the
 * tokens of that request alone. The models are observed, as with Spring Boot's Actuator.
 */
class ToolRoundTests extends AbstractToolRoundTests {

	@ParameterizedTest
	@EnumSource
	void callWithoutTools(Provider provider) {
		provider.answers(server, Answer.text("Hello", 100, 10));
		assertThat(model(provider).call(prompt()).getResult().getOutput().getText()).isEqualTo("Hello");
		this.events.assertEvents("success 100/10/110");
	}

	@ParameterizedTest
	@EnumSource
	void roundsOfCall(Provider provider) {
		provider.answers(server, Answer.tools(100, 10, "weather"), Answer.text("Rain", 200, 20));
		ChatResponse response = model(provider).call(prompt());
		assertThat(response.getMetadata().getUsage().getTotalTokens()).isEqualTo(330);
		this.events.assertEvents("success 100/10/110", "success 200/20/220");
		assertThat(provider.requests(server)).isEqualTo(2);
	}

	@ParameterizedTest
	@EnumSource
	void roundsOfStream(Provider provider) {
		provider.answers(server, Answer.tools(100, 10, "weather").stream(), Answer.text("Rain", 200, 20).stream());
		assertThat(stream(provider)).contains("Rain");
		this.events.assertEvents("success 100/10/110", "success 200/20/220");
		assertThat(provider.requests(server)).isEqualTo(2);
	}

	@ParameterizedTest
	@EnumSource
	void threeRoundsOfCall(Provider provider) {
		provider.answers(server, Answer.tools(100, 10, "weather"), Answer.tools(200, 20, "weather", "time"),
				Answer.text("Rain", 300, 30));
		model(provider).call(prompt());
		assertThat(this.tools.calls).isEqualTo(3);
		this.events.assertEvents("success 100/10/110", "success 200/20/220", "success 300/30/330");
	}

	@ParameterizedTest
	@EnumSource
	void threeRoundsOfStream(Provider provider) {
		provider.answers(server, Answer.tools(100, 10, "weather").stream(), Answer.tools(200, 20, "time").stream(),
				Answer.text("Rain", 300, 30).stream());
		stream(provider);
		this.events.assertEvents("success 100/10/110", "success 200/20/220", "success 300/30/330");
	}

	@ParameterizedTest
	@EnumSource
	void roundsOfChatClient(Provider provider) {
		provider.answers(server, Answer.tools(100, 10, "weather"), Answer.text("Rain", 200, 20));
		assertThat(ChatClient.create(model(provider)).prompt("Hi").tools(this.tools).call().content())
			.isEqualTo("Rain");
		this.events.assertEvents("success 100/10/110", "success 200/20/220");
	}

	@ParameterizedTest
	@EnumSource
	void roundsOfStreamingChatClient(Provider provider) {
		provider.answers(server, Answer.tools(100, 10, "weather").stream(), Answer.text("Rain", 200, 20).stream());
		ChatClient.create(model(provider)).prompt("Hi").tools(this.tools).stream().content().blockLast();
		this.events.assertEvents("success 100/10/110", "success 200/20/220");
	}

	@ParameterizedTest
	@EnumSource
	void toolThatAnswersDirectly(Provider provider) {
		provider.answers(server, Answer.tools(100, 10, "answerDirectly"));
		assertThat(model(provider).call(prompt()).getResult().getOutput().getText()).contains("direct");
		this.events.assertEvents("success 100/10/110");
	}

	@ParameterizedTest
	@EnumSource
	void toolThatAnswersStreamDirectly(Provider provider) {
		provider.answers(server, Answer.tools(100, 10, "answerDirectly").stream());
		assertThat(stream(provider)).contains("direct");
		this.events.assertEvents("success 100/10/110");
	}

	@ParameterizedTest
	@EnumSource
	void toolThatEndsCall(Provider provider) {
		provider.answers(server, Answer.tools(100, 10, "giveUp"));
		ChatModel model = model(provider);
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> model.call(prompt()));
		this.events.assertEvents("success 100/10/110");
	}

	@ParameterizedTest
	@EnumSource
	void toolThatEndsStream(Provider provider) {
		provider.answers(server, Answer.tools(100, 10, "giveUp").stream());
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> stream(provider));
		this.events.assertEvents("success 100/10/110");
	}

	@ParameterizedTest
	@EnumSource
	void roundOfCallThatFails(Provider provider) {
		provider.answers(server, Answer.tools(100, 10, "weather"), Answer.failure(400));
		ChatModel model = model(provider);
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> model.call(prompt()));
		this.events.assertEvents("success 100/10/110", "error ?");
	}

	@ParameterizedTest
	@EnumSource
	void roundOfStreamThatFails(Provider provider) {
		provider.answers(server, Answer.tools(100, 10, "weather").stream(), Answer.failure(400));
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> stream(provider));
		this.events.assertEvents("success 100/10/110", "error ?");
	}

	@ParameterizedTest
	@EnumSource
	void roundOfCallWithRetry(Provider provider) {
		provider.answers(server, Answer.tools(100, 10, "weather"), Answer.failure(500), Answer.text("Rain", 200, 20));
		model(provider).call(prompt());
		assertThat(provider.requests(server)).isEqualTo(3);
		this.events.assertEvents("success 100/10/110", "success 200/20/220");
	}

	@ParameterizedTest
	@EnumSource
	void streamThatIsSubscribedToAgain(Provider provider) {
		provider.answers(server, Answer.tools(100, 10, "weather").stream(), Answer.failure(400),
				Answer.tools(300, 30, "weather").stream(), Answer.text("Rain", 400, 40).stream());
		model(provider).stream(prompt()).retry(1).blockLast();
		this.events.assertEvents("success 100/10/110", "error ?", "success 300/30/330", "success 400/40/440");
	}

	@ParameterizedTest
	@EnumSource
	void cancelWhileToolRuns(Provider provider) throws InterruptedException {
		provider.answers(server, Answer.tools(100, 10, "block").stream(), Answer.text("Rain", 200, 20).stream());
		Disposable subscription = model(provider).stream(prompt()).subscribe();
		assertThat(this.tools.blocked.await(10, TimeUnit.SECONDS)).isTrue();
		subscription.dispose();
		this.tools.released.countDown();
		this.events.assertEvents("success 100/10/110");
	}

	@ParameterizedTest
	@EnumSource
	void toolOfCallThatAsksSameModel(Provider provider) {
		provider.answers(server, Answer.tools(100, 10, "askModel"), Answer.text("Inner", 7, 1),
				Answer.text("Outer", 200, 20));
		assertThat(model(provider).call(prompt()).getResult().getOutput().getText()).isEqualTo("Outer");
		this.events.assertEvents("success 100/10/110", "success 7/1/8", "success 200/20/220");
	}

	@ParameterizedTest
	@EnumSource
	void toolOfStreamThatAsksSameModel(Provider provider) {
		provider.answers(server, Answer.tools(100, 10, "askModel").stream(), Answer.text("Inner", 7, 1),
				Answer.text("Outer", 200, 20).stream());
		assertThat(stream(provider)).contains("Outer");
		this.events.assertEvents("success 100/10/110", "success 7/1/8", "success 200/20/220");
	}

	@ParameterizedTest
	@EnumSource
	void toolOfStreamThatStreamsFromSameModel(Provider provider) {
		provider.answers(server, Answer.tools(100, 10, "streamModel").stream(), Answer.text("Inner", 7, 1).stream(),
				Answer.text("Outer", 200, 20).stream());
		assertThat(stream(provider)).contains("Outer");
		this.events.assertEvents("success 100/10/110", "success 7/1/8", "success 200/20/220");
	}

	@ParameterizedTest
	@EnumSource
	void toolThatStreamsInTheContextOfItsStream(Provider provider) {
		provider.answers(server, Answer.tools(100, 10, "streamModelInContext").stream(),
				Answer.text("Inner", 7, 1).stream(), Answer.text("Outer", 200, 20).stream());
		assertThat(stream(provider)).contains("Outer");
		this.events.assertEvents("success 100/10/110", "success 7/1/8", "success 200/20/220");
	}

	@ParameterizedTest
	@EnumSource
	void toolOfCallThatAsksSameModelWithTools(Provider provider) {
		provider.answers(server, Answer.tools(100, 10, "askWithTools"), Answer.tools(7, 1, "weather"),
				Answer.text("Inner", 8, 2), Answer.text("Outer", 200, 20));
		model(provider).call(prompt());
		this.events.assertEvents("success 100/10/110", "success 7/1/8", "success 8/2/10", "success 200/20/220");
	}

	@ParameterizedTest
	@EnumSource
	void toolOfStreamThatAsksSameModelWithTools(Provider provider) {
		provider.answers(server, Answer.tools(100, 10, "askWithTools").stream(), Answer.tools(7, 1, "weather"),
				Answer.text("Inner", 8, 2), Answer.text("Outer", 200, 20).stream());
		stream(provider);
		this.events.assertEvents("success 100/10/110", "success 7/1/8", "success 8/2/10", "success 200/20/220");
	}

	@ParameterizedTest
	@EnumSource
	void toolThatAsksAnotherModel(Provider provider) {
		Provider other = Provider.values()[(provider.ordinal() + 1) % Provider.values().length];
		provider.answers(server, Answer.tools(100, 10, "askModel").stream(), Answer.text("Outer", 200, 20).stream());
		other.answers(server, Answer.text("Inner", 7, 1));
		ChatModel model = model(provider);
		this.tools.model = this.models.get(other.beanName());
		model.stream(prompt()).blockLast();
		this.events.assertEvents("success 100/10/110", "success 7/1/8", "success 200/20/220");
		assertThat(this.events.events()).extracting(LlmUsageEvent::provider)
			.containsExactly(provider.id(), other.id(), provider.id());
	}

	@ParameterizedTest
	@EnumSource
	void roundsAndToolsHaveTheFeatureOfTheCall(Provider provider) {
		provider.answers(server, Answer.tools(100, 10, "askModel"), Answer.text("Inner", 7, 1),
				Answer.text("Outer", 200, 20));
		LlmContext.feature("rain").run(() -> model(provider).call(prompt()));
		assertThat(this.events.events()).hasSize(3).allMatch((event) -> "rain".equals(event.feature()));
	}

	@ParameterizedTest
	@EnumSource
	void roundsAndToolsHaveTheFeatureOfTheStream(Provider provider) {
		provider.answers(server, Answer.tools(100, 10, "askModel").stream(), Answer.text("Inner", 7, 1),
				Answer.text("Outer", 200, 20).stream());
		// Not the subscriber's: known by the assembly only
		LlmContext.feature("rain").call(() -> model(provider).stream(prompt())).blockLast();
		assertThat(this.events.events()).hasSize(3).allMatch((event) -> "rain".equals(event.feature()));
	}

	@ParameterizedTest
	@EnumSource
	void laterRoundOfCallWithoutUsage(Provider provider) {
		provider.answers(server, Answer.tools(100, 10, "weather"), Answer.tools(0, 0, "weather"),
				Answer.text("Rain", 300, 30));
		model(provider).call(prompt());
		this.events.assertEvents("success 100/10/110", "success ?", "success 300/30/330");
	}

	@ParameterizedTest
	@EnumSource
	void firstRoundOfCallWithoutUsage(Provider provider) {
		provider.answers(server, Answer.tools(0, 0, "weather"), Answer.text("Rain", 200, 20));
		model(provider).call(prompt());
		this.events.assertEvents("success ?", "success 200/20/220");
	}

	@ParameterizedTest
	@EnumSource
	void laterRoundOfStreamWithoutUsage(Provider provider) {
		provider.answers(server, Answer.tools(100, 10, "weather").stream(), Answer.text("Rain", 0, 0).stream());
		stream(provider);
		this.events.assertEvents("success 100/10/110", "success ?");
	}

	@ParameterizedTest
	@EnumSource
	void firstRoundOfStreamWithoutUsage(Provider provider) {
		provider.answers(server, Answer.tools(0, 0, "weather").stream(), Answer.text("Rain", 200, 20).stream());
		stream(provider);
		this.events.assertEvents("success ?", "success 200/20/220");
	}

	@ParameterizedTest
	@EnumSource
	void roundsBehindDecorator(Provider provider) {
		provider.answers(server, Answer.tools(100, 10, "weather"), Answer.text("Rain", 200, 20));
		decorated(provider).call(prompt());
		this.events.assertEvents("success 100/10/110", "success 200/20/220");
	}

	@ParameterizedTest
	@EnumSource
	void roundsOfStreamBehindDecorator(Provider provider) {
		provider.answers(server, Answer.tools(100, 10, "weather").stream(), Answer.text("Rain", 200, 20).stream());
		decorated(provider).stream(prompt()).blockLast();
		this.events.assertEvents("success 100/10/110", "success 200/20/220");
	}

	private ChatModel decorated(Provider provider) {
		Decorator.target = model(provider);
		return this.models.get("decorator");
	}

	@ParameterizedTest
	@EnumSource
	void roundOfStreamThatIsAnsweredByNothing(Provider provider) {
		provider.answers(server, Answer.tools(100, 10, "weather").stream(), Answer.empty());
		stream(provider);
		this.events.assertEvents("success 100/10/110", "error ?");
	}

	@ParameterizedTest
	@EnumSource
	void timesAreThoseOfTheRequests(Provider provider) {
		provider.answers(server, Answer.tools(100, 10, "takeTime").stream(), Answer.text("Rain", 200, 20).stream());
		long begun = System.nanoTime();
		stream(provider);
		Duration withoutTools = Duration.ofNanos(System.nanoTime() - begun).minus(Tools.TIME);
		List<LlmUsageEvent> events = this.events.events();
		assertThat(events).hasSize(2);
		assertThat(events.get(0).latency().plus(events.get(1).latency())).isLessThanOrEqualTo(withoutTools);
		assertThat(events.get(1).timeToFirstToken()).isNotNull().isLessThanOrEqualTo(events.get(1).latency());
	}

}
