// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.example.shop.Contributors.AssertingResolver;
import com.example.shop.Contributors.BlankResolver;
import com.example.shop.Contributors.FailingResolver;
import com.llmtrack.spring.testsupport.AbstractApplicationTests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.ContextView;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.StreamingChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LlmCustomerResolver}.
 */
@ExtendWith(OutputCaptureExtension.class)
class LlmCustomerResolverTests extends AbstractApplicationTests {

	private static final ThreadLocal<String> CURRENT = new ThreadLocal<>();

	private final Resolver resolver = new Resolver();

	@Test
	void blockingCallAsksItsOwnThread() throws Exception {
		try (ConfigurableApplicationContext context = start(this::resolver)) {
			as("4711", () -> chatClient(context).prompt("Hi").call().content());
			call(context);
			List<JsonNode> events = servers.awaitEvents(2);
			assertThat(events).extracting(LlmCustomerResolverTests::customer)
				.containsExactlyInAnyOrder("4711/Name of 4711", "/");
			assertThat(this.resolver.asked).hasValue(2);
		}
	}

	@Test
	void resolverIsNotAskedAboutItsOwnRequests() {
		AtomicInteger asked = new AtomicInteger();
		try (ConfigurableApplicationContext context = start((beans) -> beans.registerBean(LlmCustomerResolver.class,
				() -> () -> LlmCustomer.of(asked.incrementAndGet() + beans.getBean(ChatModel.class).call("Who?"))))) {
			call(context);
			assertThat(servers.awaitEvents(2)).extracting(LlmCustomerResolverTests::customer)
				.containsExactlyInAnyOrder("1Hello/", "/");
			assertThat(asked).hasValue(1);
		}
	}

	@Test
	void rawModelAsksItsOwnThread() throws Exception {
		try (ConfigurableApplicationContext context = start(this::resolver)) {
			OpenAiChatModel model = context.getBean(OpenAiChatModel.class);
			assertThat(as("4711", () -> model.call("Hi"))).isEqualTo("Hello");
			assertThat(customer(servers.awaitEvent())).isEqualTo("4711/Name of 4711");
			assertThat(this.resolver.asked).hasValue(1);
		}
	}

	@Test
	void streamAsksTheReactorContextOfItsSubscriber() throws Exception {
		openAiStreams();
		try (ConfigurableApplicationContext context = start(this::resolver)) {
			Flux<String> stream = chatClient(context).prompt("Hi").stream().content();
			as("thread's",
					() -> stream.contextWrite((reactor) -> reactor.put("customer", "4711"))
						.subscribeOn(Schedulers.boundedElastic())
						.blockLast());
			assertThat(customer(servers.awaitEvent())).isEqualTo("4711/Name of 4711");
			assertThat(this.resolver.asked).hasValue(1);
		}
	}

	@Test
	void streamAsksTheThreadByDefault() throws Exception {
		openAiStreams();
		LlmCustomerResolver simple = () -> (CURRENT.get() != null) ? LlmCustomer.of(CURRENT.get()) : null;
		try (ConfigurableApplicationContext context = start(
				(beans) -> beans.registerBean(LlmCustomerResolver.class, () -> simple))) {
			Flux<String> stream = chatClient(context).prompt("Hi").stream().content();
			as("4711", stream::blockLast);
			assertThat(customer(servers.awaitEvent())).isEqualTo("4711/");
		}
	}

	@Test
	void eachSubscriptionAsks() throws Exception {
		openAiStreams();
		try (ConfigurableApplicationContext context = start((beans) -> {
			resolver(beans);
			beans.registerBean(Streams.class);
		})) {
			Flux<String> stream = context.getBean(Streams.class).model().stream("Hi");
			as("first", stream::blockLast);
			as("second", stream::blockLast);
			assertThat(servers.awaitEvents(2)).extracting(LlmCustomerResolverTests::customer)
				.containsExactlyInAnyOrder("first/Name of first", "second/Name of second");
		}
	}

	@Test
	void requestThroughADecoratorAsksOnce() throws Exception {
		try (ConfigurableApplicationContext context = start((beans) -> {
			resolver(beans);
			decorator(beans);
		})) {
			as("4711", () -> chatClient(context).prompt("Hi").call().content());
			assertThat(customer(servers.awaitEvent())).isEqualTo("4711/Name of 4711");
			assertThat(this.resolver.asked).hasValue(1);
		}
	}

	@Test
	void decoratorThatAsksWhileItMakesAStreamHasACustomer() throws Exception {
		try (ConfigurableApplicationContext context = start((beans) -> {
			resolver(beans);
			decorator(beans);
		})) {
			as("4711", () -> chatClient(context).prompt("Hi").stream().content().blockLast());
			assertThat(customer(servers.awaitEvent())).isEqualTo("4711/Name of 4711");
			// Once more for the decorator's stream, which may be a request of its own
			assertThat(this.resolver.asked).hasValue(2);
		}
	}

	@Test
	void requestGoesOnWhenTheResolverFails(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start(
				(beans) -> beans.registerBean(FailingResolver.class, FailingResolver::new))) {
			call(context);
			call(context);
			assertThat(servers.awaitEvents(2)).extracting(LlmCustomerResolverTests::customer).containsOnly("/");
		}
		assertThat(output).containsOnlyOnce("The event goes without a customer")
			.doesNotContain("secret of the resolver");
		assertThat(output.getOut().lines().filter((line) -> line.contains("FailingResolver"))).singleElement()
			.asString()
			.contains("WARN", "com.example.shop.Contributors$FailingResolver failed: java.lang.IllegalStateException");
	}

	@Test
	void messageOfAnAssertionOfTheApplicationIsNotLogged(CapturedOutput output) {
		eventOf((beans) -> beans.registerBean(AssertingResolver.class, AssertingResolver::new));
		assertThat(output).containsOnlyOnce("AssertingResolver failed").doesNotContain("secret of the resolver");
	}

	@Test
	void messageOfOurOwnRuleIsLogged(CapturedOutput output) {
		JsonNode event = eventOf((beans) -> beans.registerBean(BlankResolver.class, BlankResolver::new));
		assertThat(customer(event)).isEqualTo("/");
		assertThat(output).containsOnlyOnce("BlankResolver failed").contains("'id' must have text");
	}

	@Test
	void primaryResolverOfSeveralIsAsked() {
		JsonNode event = eventOf((beans) -> {
			beans.registerBean("one", LlmCustomerResolver.class, () -> () -> LlmCustomer.of("one"));
			beans.registerBean("two", LlmCustomerResolver.class, () -> () -> LlmCustomer.of("two"),
					(definition) -> definition.setPrimary(true));
		});
		assertThat(customer(event)).isEqualTo("two/");
	}

	@Test
	void firstResolverOfSeveralIsAskedIfNoneIsPrimary() {
		JsonNode event = eventOf((beans) -> {
			beans.registerBean("one", LlmCustomerResolver.class, () -> () -> LlmCustomer.of("one"));
			beans.registerBean("two", LlmCustomerResolver.class, () -> () -> LlmCustomer.of("two"));
		});
		assertThat(customer(event)).isEqualTo("one/");
	}

	@Test
	void resolverThatIsNotToBeInjectedIsNotAsked() {
		JsonNode event = eventOf((beans) -> beans.registerBean("one", LlmCustomerResolver.class,
				() -> () -> LlmCustomer.of("one"), (definition) -> definition.setAutowireCandidate(false)));
		assertThat(customer(event)).isEqualTo("/");
	}

	@Test
	void customerIsNotSentWithoutExtendedFields() throws Exception {
		try (ConfigurableApplicationContext context = start(this::resolver, "llmtrack.event.extended-fields=false")) {
			as("4711", () -> chatClient(context).prompt("Hi").call().content());
			assertThat(customer(servers.awaitEvent())).isEqualTo("/");
		}
	}

	@Test
	void otherThreadBelongsToNobody() throws Exception {
		try (ConfigurableApplicationContext context = start(this::resolver)) {
			as("4711", () -> Executors.newSingleThreadExecutor().submit(() -> call(context)).get());
			assertThat(customer(servers.awaitEvent())).isEqualTo("/");
		}
	}

	private void resolver(GenericApplicationContext context) {
		context.registerBean(LlmCustomerResolver.class, () -> this.resolver);
	}

	private static void decorator(GenericApplicationContext context) {
		context.registerBean("decorator", Decorator.class,
				() -> new Decorator(context.getBean("openAiChatModel", ChatModel.class)),
				(definition) -> definition.setPrimary(true));
	}

	private static <T> T as(String customer, Callable<T> task) throws Exception {
		CURRENT.set(customer);
		try {
			return task.call();
		}
		finally {
			CURRENT.remove();
		}
	}

	private static String customer(JsonNode event) {
		return event.path("customer_id").asString("") + "/" + event.path("customer_name").asString("");
	}

	record Streams(StreamingChatModel model) {

	}

	static class Resolver implements LlmCustomerResolver {

		private final AtomicInteger asked = new AtomicInteger();

		@Override
		public LlmCustomer resolve() {
			this.asked.incrementAndGet();
			return customer(CURRENT.get());
		}

		@Override
		public LlmCustomer resolve(ContextView context) {
			this.asked.incrementAndGet();
			return customer(context.getOrDefault("customer", CURRENT.get()));
		}

		private static LlmCustomer customer(String id) {
			return (id != null) ? new LlmCustomer(id, "Name of " + id) : null;
		}

	}

	/**
	 * Streams nothing, but answers all at once.
	 */
	static class Decorator implements ChatModel {

		private final ChatModel next;

		Decorator(ChatModel next) {
			this.next = next;
		}

		@Override
		public ChatResponse call(Prompt prompt) {
			return this.next.call(prompt);
		}

		@Override
		public Flux<ChatResponse> stream(Prompt prompt) {
			return Flux.just(this.next.call(prompt));
		}

		@Override
		public ChatOptions getOptions() {
			return this.next.getOptions();
		}

	}

}
