// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

import com.llmtrack.spring.ModelInstrumentation;
import com.llmtrack.spring.testsupport.AlsoProcessed;
import com.llmtrack.spring.testsupport.EventAssertions;
import com.llmtrack.spring.testsupport.StubServers;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Base for tests of models that pass requests on to those of OpenAI and Ollama.
 */
@AlsoProcessed
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE, classes = AbstractDecoratorTests.Application.class,
		properties = { "spring.ai.chat.client.enabled=false", "spring.ai.openai.api-key=openai-key",
				"spring.ai.openai.chat.model=gpt-4o-mini", "spring.ai.openai.max-retries=0",
				"spring.ai.anthropic.api-key=anthropic-key", "spring.ai.ollama.chat.model=llama3.2",
				"llmtrack.api-key=llmtrack-key", "llmtrack.instrumentation.exclude-beans=excluded*" })
@ActiveProfiles("all-providers")
abstract class AbstractDecoratorTests {

	static final Prompt PROMPT = new Prompt("Hi");

	@RegisterExtension
	static final StubServers servers = StubServers.shared();

	static final ExecutorService executor = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "decorator");
		thread.setDaemon(true);
		return thread;
	});

	@Autowired
	@Qualifier("openAiChatModel")
	private ChatModel openAiByInterface;

	@Autowired
	private OpenAiChatModel openAiByClass;

	@Autowired
	@Qualifier("ollamaChatModel")
	private ChatModel ollamaByInterface;

	@Autowired
	private OllamaChatModel ollamaByClass;

	@Autowired
	private AutowireCapableBeanFactory beanFactory;

	@Autowired
	private ModelInstrumentation instrumentation;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		registry.add("spring.ai.openai.base-url", servers::openAiUrl);
		registry.add("spring.ai.anthropic.base-url", servers::providersUrl);
		registry.add("spring.ai.ollama.base-url", servers::providersUrl);
		registry.add("llmtrack.base-url", servers::llmTrackUrl);
	}

	ChatModel openAi(Inner inner) {
		return (inner == Inner.BY_CLASS) ? this.openAiByClass : this.openAiByInterface;
	}

	ChatModel ollama(Inner inner) {
		return (inner == Inner.BY_CLASS) ? this.ollamaByClass : this.ollamaByInterface;
	}

	/**
	 * Have a model processed as a bean, and return what is injected of it by interface.
	 */
	ChatModel bean(String name, ChatModel model) {
		Object bean = this.beanFactory.initializeBean(model, name);
		return name.startsWith("excluded") ? (ChatModel) bean : this.instrumentation.instrument((ChatModel) bean);
	}

	ChatModel bean(ChatModel model) {
		return bean("decorator", model);
	}

	static List<JsonNode> assertEvents(String... expected) {
		return EventAssertions.assertEvents(servers, servers::requests, expected);
	}

	static void assertEventsOf(String provider, String... expected) {
		assertThat(assertEvents(expected)).allSatisfy(
				(event) -> assertThat(event.get("provider").asString()).as(event.toString()).isEqualTo(provider));
	}

	/**
	 * How the model behind a decorator was injected.
	 */
	enum Inner {

		BY_INTERFACE, BY_CLASS

	}

	/**
	 * What kind of class a decorator is of.
	 */
	enum Shape {

		LAMBDA {

			@Override
			ChatModel of(Function<Prompt, ChatResponse> call, Function<Prompt, Flux<ChatResponse>> stream) {
				return call::apply;
			}

		},

		OPEN {

			@Override
			ChatModel of(Function<Prompt, ChatResponse> call, Function<Prompt, Flux<ChatResponse>> stream) {
				return new OpenDecorator(call, stream);
			}

		},

		FINAL {

			@Override
			ChatModel of(Function<Prompt, ChatResponse> call, Function<Prompt, Flux<ChatResponse>> stream) {
				return new FinalDecorator(call, stream);
			}

		};

		abstract ChatModel of(Function<Prompt, ChatResponse> call, Function<Prompt, Flux<ChatResponse>> stream);

		ChatModel calling(Function<Prompt, ChatResponse> call) {
			return of(call, (prompt) -> {
				throw new UnsupportedOperationException();
			});
		}

		ChatModel streaming(Function<Prompt, Flux<ChatResponse>> stream) {
			return of((prompt) -> {
				throw new UnsupportedOperationException();
			}, stream);
		}

	}

	/**
	 * A cache in front of a model.
	 */
	static <T> Function<Prompt, T> cached(Function<Prompt, T> function) {
		Map<Prompt, T> cache = new ConcurrentHashMap<>();
		return (prompt) -> {
			T known = cache.get(prompt);
			if (known == null) {
				known = function.apply(prompt);
				cache.put(prompt, known);
			}
			return known;
		};
	}

	/**
	 * Put an answer into a new envelope, as decorators do that change its text.
	 */
	static ChatResponse inNewEnvelope(ChatResponse response) {
		return new ChatResponse(response.getResults(), response.getMetadata());
	}

	/**
	 * Where the blocking call runs that a stream is made from.
	 */
	enum Blocking {

		BEFORE {

			@Override
			Flux<ChatResponse> stream(Callable<ChatResponse> call) {
				try {
					return Flux.just(call.call());
				}
				catch (Exception ex) {
					return Flux.error(ex);
				}
			}

		},

		ON_SUBSCRIPTION {

			@Override
			Flux<ChatResponse> stream(Callable<ChatResponse> call) {
				return Mono.fromCallable(call).flux();
			}

		},

		ELSEWHERE {

			@Override
			Flux<ChatResponse> stream(Callable<ChatResponse> call) {
				return Mono.fromCallable(call).subscribeOn(Schedulers.boundedElastic()).flux();
			}

		},

		AFTER_A_SIGNAL {

			@Override
			Flux<ChatResponse> stream(Callable<ChatResponse> call) {
				return Mono.delay(Duration.ofMillis(1)).flatMap((tick) -> Mono.fromCallable(call)).flux();
			}

		};

		abstract Flux<ChatResponse> stream(Callable<ChatResponse> call);

	}

	static class OpenDecorator implements ChatModel {

		private final Function<Prompt, ChatResponse> call;

		private final Function<Prompt, Flux<ChatResponse>> stream;

		OpenDecorator(Function<Prompt, ChatResponse> call, Function<Prompt, Flux<ChatResponse>> stream) {
			this.call = call;
			this.stream = stream;
		}

		@Override
		public ChatResponse call(Prompt prompt) {
			return this.call.apply(prompt);
		}

		@Override
		public Flux<ChatResponse> stream(Prompt prompt) {
			return this.stream.apply(prompt);
		}

	}

	static final class FinalDecorator extends OpenDecorator {

		FinalDecorator(Function<Prompt, ChatResponse> call, Function<Prompt, Flux<ChatResponse>> stream) {
			super(call, stream);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
