// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.testsupport.SmallApplications;
import com.llmtrack.spring.testsupport.StubServers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests models of the application's own that can't have a class proxy, where they are
 * looked up: each request gives one event where that is possible, and look-ups find the
 * same beans as without LLMtrack.
 */
@ExtendWith(OutputCaptureExtension.class)
class LookedUpModelTests {

	@RegisterExtension
	private static final StubServers servers = new StubServers();

	private final List<LlmUsageEvent> events = new CopyOnWriteArrayList<>();

	private final ApplicationContextRunner runner = SmallApplications.recording(this.events)
		.withBean(LookingUp.class)
		.withBean(NumberedRequests.class, () -> this.requests)
		.withBean("own", ChatModel.class, () -> new OwnModel(this.requests.model()));

	private NumberedRequests requests;

	@BeforeEach
	void prepare() {
		this.requests = new NumberedRequests(servers);
	}

	@Test
	void everyWayGivesOneEvent(CapturedOutput output) {
		this.runner.run((context) -> {
			Map<String, Supplier<ChatModel>> ways = context.getBean(LookingUp.class).ways();
			ways.forEach((way, model) -> assertThat(model.get().call("Hi")).as(way).isEqualTo("Hello"));
			this.requests.assertEvents(this.events, ways.size());
			assertThat(context.getBean("own")).isExactlyInstanceOf(OwnModel.class);
			assertThat(context.getBean(OwnModel.class).calls).isEqualTo(ways.size());
		});
		assertThat(output).doesNotContain(" WARN ");
	}

	@Test
	void excludedModelIsLookedUpAsItIs() {
		this.runner.withPropertyValues("llmtrack.instrumentation.exclude-beans=own").run((context) -> {
			ChatModel own = context.getBean("own", ChatModel.class);
			context.getBean(LookingUp.class).ways().forEach((way, model) -> {
				if (!"@Lazy".equals(way)) {
					assertThat(model.get()).as(way).isSameAs(own);
				}
			});
		});
	}

	@Test
	void streamsOfSeveralModelsKeepTheirOrder() {
		this.runner.withBean("spring", ChatModel.class, () -> this.requests.model())
			.withUserConfiguration(Several.class)
			.run((context) -> {
				LookingUp lookingUp = context.getBean(LookingUp.class);
				assertThat(lookingUp.provider.stream().map(LookedUpModelTests::name)).containsExactly("own", "spring",
						"last", "first");
				assertThat(lookingUp.provider.orderedStream().map(LookedUpModelTests::name).toList())
					.startsWith("first", "last");
				lookingUp.provider.stream()
					.filter((model) -> name(model).equals("first"))
					.forEach((model) -> model.call("Hi"));
				this.requests.assertEvents(this.events, 1);
			});
	}

	private static String name(ChatModel model) {
		String text = model.toString();
		return text.contains("OpenAi") ? "spring" : text;
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void severalModelsAreNoUniqueOne(boolean tracked) {
		this.runner.withPropertyValues("llmtrack.enabled=" + tracked)
			.withUserConfiguration(Several.class)
			.run((context) -> {
				LookingUp lookingUp = context.getBean(LookingUp.class);
				assertThat(lookingUp.provider.getIfUnique()).isNull();
				assertThatExceptionOfType(NoUniqueBeanDefinitionException.class)
					.isThrownBy(lookingUp.provider::getObject);
				assertThatExceptionOfType(NoUniqueBeanDefinitionException.class)
					.isThrownBy(lookingUp.provider::getIfAvailable);
				assertThatExceptionOfType(NoUniqueBeanDefinitionException.class)
					.isThrownBy(() -> lookingUp.lazy.call("Hi"));
			});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void noModelIsNone(boolean tracked) {
		SmallApplications.recording(this.events)
			.withPropertyValues("llmtrack.enabled=" + tracked)
			.withBean(LookingUp.class)
			.run((context) -> {
				LookingUp lookingUp = context.getBean(LookingUp.class);
				assertThat(lookingUp.provider.getIfAvailable()).isNull();
				assertThat(lookingUp.provider.stream()).isEmpty();
				assertThat(lookingUp.optional).isEmpty();
			});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void decoratorNeverLooksUpItself(boolean tracked) {
		this.runner.withPropertyValues("llmtrack.enabled=" + tracked)
			.withUserConfiguration(Decorating.class)
			.run((context) -> {
				assertThat(context.getBean("primary", ChatModel.class).call("Hi")).isEqualTo("Hello");
				assertThat(context.getBean("other", ChatModel.class).call("Hi")).isEqualTo("Hello");
				assertThat(context.getBean(Decorating.class).others).isOne();
				assertThat(servers.openAiRequests()).isEqualTo(2);
				if (tracked) {
					this.requests.assertEvents(this.events, 2);
				}
			});
	}

	@Test
	void modelThatNobodyInjectsIsSaidToBeUnseen(CapturedOutput output) {
		SmallApplications.recording(this.events)
			.withBean("own", ChatModel.class, () -> new OwnModel(this.requests.model()))
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).containsOnlyOnce(" WARN ")
			.containsOnlyOnce("Model bean 'own' is not injected as ChatModel")
			.contains("ModelInstrumentation", "llmtrack.instrumentation.exclude-beans");
	}

	/**
	 * Looks up models in all ways but by the bean factory.
	 */
	static class LookingUp {

		private final ObjectProvider<ChatModel> provider;

		private final ObjectProvider<List<ChatModel>> lists;

		private final ObjectFactory<ChatModel> factory;

		private final Optional<ChatModel> optional;

		@Autowired
		@Lazy
		private ChatModel lazy;

		LookingUp(ObjectProvider<ChatModel> provider, ObjectProvider<List<ChatModel>> lists,
				ObjectFactory<ChatModel> factory, @Qualifier("own") Optional<ChatModel> optional) {
			this.provider = provider;
			this.lists = lists;
			this.factory = factory;
			this.optional = optional;
		}

		Map<String, Supplier<ChatModel>> ways() {
			Map<String, Supplier<ChatModel>> ways = new LinkedHashMap<>();
			ways.put("getObject", this.provider::getObject);
			ways.put("getObject again", this.provider::getObject);
			ways.put("getIfAvailable", this.provider::getIfAvailable);
			ways.put("getIfUnique", this.provider::getIfUnique);
			ways.put("stream", () -> this.provider.stream().findFirst().orElseThrow());
			ways.put("orderedStream", () -> this.provider.orderedStream().toList().get(0));
			ways.put("iterator", () -> this.provider.iterator().next());
			ways.put("list", () -> this.lists.getObject().get(0));
			ways.put("ObjectFactory", this.factory::getObject);
			ways.put("Optional", this.optional::orElseThrow);
			ways.put("@Lazy", () -> this.lazy);
			return ways;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Several {

		@Bean
		@Order(2)
		ChatModel last(NumberedRequests requests) {
			return new NamedModel("last", requests);
		}

		@Bean
		@Order(1)
		ChatModel first(NumberedRequests requests) {
			return new NamedModel("first", requests);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Decorating {

		private long others;

		@Autowired
		void count(ObjectProvider<ChatModel> models) {
			this.others = models.stream().count();
		}

		@Bean
		@Primary
		ChatModel primary(ObjectProvider<ChatModel> models) {
			return new Decorator(() -> {
				assertThat(models.stream()).extracting(LookedUpModelTests::name).containsExactly("own", "other");
				return models.stream().findFirst().orElseThrow();
			});
		}

		@Bean
		OtherModel other() {
			return new OtherModel();
		}

	}

	record Decorator(Supplier<ChatModel> model) implements ChatModel {

		@Override
		public ChatResponse call(Prompt prompt) {
			return this.model.get().call(prompt);
		}

		@Override
		public String toString() {
			return "primary";
		}

	}

	/**
	 * A model that finds the primary one, which is another.
	 */
	static final class OtherModel implements ChatModel {

		@Autowired
		private ObjectProvider<ChatModel> models;

		@Override
		public ChatResponse call(Prompt prompt) {
			assertThat(this.models.stream()).extracting(LookedUpModelTests::name).containsExactly("own", "primary");
			return this.models.getObject().call(prompt);
		}

		@Override
		public String toString() {
			return "other";
		}

	}

	static class NamedModel extends OwnModel {

		private final String name;

		NamedModel(String name, NumberedRequests requests) {
			super(requests.model());
			this.name = name;
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

	/**
	 * A model whose fields others may read, so that it gets no proxy of its class.
	 */
	static class OwnModel implements ChatModel {

		int calls;

		private final OpenAiChatModel client;

		OwnModel(OpenAiChatModel client) {
			this.client = client;
		}

		@Override
		public ChatResponse call(Prompt prompt) {
			this.calls++;
			return this.client.call(prompt);
		}

		@Override
		public Flux<ChatResponse> stream(Prompt prompt) {
			return this.client.stream(prompt);
		}

		@Override
		public String toString() {
			return "own";
		}

	}

}
