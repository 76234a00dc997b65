// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmContextScope;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.context.scope.refresh.RefreshScope;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that models in Spring Cloud's refresh scope give one event per request, before,
 * during and after a refresh, which changes the model.
 */
@Tag("slow")
class RefreshScopeTests extends AbstractRefreshTests {

	private static final String OBSERVATIONS = "spring.profiles.active=observations";

	@ParameterizedTest
	@ValueSource(strings = { "spring.profiles.active=none", OBSERVATIONS })
	void everyWayToEveryModelGivesOneEventPerRequestBeforeAndAfterARefresh(String observations) {
		configure("shop.model=old");
		Map<String, Way> ways;
		try (ConfigurableApplicationContext context = start(Shop.class, observations)) {
			ways = ways(context);
			if (observations.equals(OBSERVATIONS)) {
				// Leads around the scope's proxy
				ways.put("raw target", Way.of(context.getBean("scopedTarget.finalByClass", OpenAiChatModel.class)));
			}
			ways.forEach(RefreshScopeTests::use);
			refresh(context, "shop.model=new");
			ways.remove("raw target");
			ways.forEach((name, way) -> use(name + " again", way));
		}
		List<String> expected = new ArrayList<>();
		ways.keySet().forEach((name) -> {
			expected.addAll(List.of(name + " old 5", name + " old 12"));
			expected.addAll(List.of(name + " again new 5", name + " again new 12"));
		});
		if (observations.equals(OBSERVATIONS)) {
			expected.addAll(List.of("raw target old 5", "raw target old 12"));
		}
		assertThat(ways).hasSizeGreaterThan(20);
		assertThat(events()).containsExactlyInAnyOrderElementsOf(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "finalByInterface", "finalByClass", "open", "ownWithField" })
	void requestDuringARefreshGivesOneEvent(String name) {
		configure("shop.model=old");
		try (ConfigurableApplicationContext context = start(Shop.class)) {
			Way way = Way.of(context.getBean(name, ChatModel.class));
			this.providers.hold();
			CompletableFuture<String> call = CompletableFuture.supplyAsync(() -> in("call", way::call),
					RefreshScopeTests::startThread);
			this.providers.awaitRequest();
			CompletableFuture<Void> refresh = CompletableFuture.runAsync(() -> refresh(context, "shop.model=new"),
					RefreshScopeTests::startThread);
			this.providers.release();
			assertThat(call.join()).isEqualTo("Hello");
			refresh.join();
			this.providers.hold();
			CompletableFuture<String> stream = in("stream",
					() -> way.stream().collect(Collectors.joining()).toFuture());
			this.providers.awaitRequest();
			refresh(context, "shop.model=newest");
			this.providers.release();
			assertThat(stream.join()).isEqualTo("Hello");
			use("after", way);
		}
		assertThat(events()).containsExactly("after newest 12", "after newest 5", "call old 5", "stream new 12");
	}

	@Test
	void manyRequestsAndRefreshesAtOnceLoseNothing() {
		configure("shop.model=same");
		try (ConfigurableApplicationContext context = start(Shop.class)) {
			List<Way> ways = Stream.of("finalByInterface", "finalByClass", "open", "own", "ownWithField")
				.map((name) -> Way.of(context.getBean(name, ChatModel.class)))
				.toList();
			RefreshScope scope = context.getBean(RefreshScope.class);
			// Each refreshes once, one after the other
			IntStream.range(0, ways.size())
				.mapToObj((user) -> CompletableFuture
					.runAsync(() -> IntStream.range(0, 2 * ways.size()).forEach((round) -> {
						if (round == 2 * user) {
							scope.refreshAll();
						}
						use("crowd", ways.get(user));
					}), RefreshScopeTests::startThread))
				.toList()
				.forEach(CompletableFuture::join);
		}
		assertThat(this.providers.requests()).isEqualTo(100);
		assertThat(events()).hasSize(100);
	}

	// The common pool has one thread where there are two processors, which clients need,
	// too
	private static void startThread(Runnable task) {
		new Thread(task).start();
	}

	@Test
	void autoConfiguredModelThatIsMadeRefreshableGivesOneEventPerRequest() {
		configure("spring.ai.ollama.chat.model=old");
		try (ConfigurableApplicationContext context = start(AutoConfigured.class, "spring.ai.model.chat=ollama",
				"spring.ai.ollama.base-url=" + this.providers.url(),
				"spring.cloud.refresh.extra-refreshable=" + OllamaChatModel.class.getName())) {
			Way way = Way.of(context.getBean(ChatModel.class));
			use("before", way);
			context.getBean(RefreshScope.class).refreshAll();
			use("after", way);
		}
		assertThat(events()).containsExactly("after old 12", "after old 5", "before old 12", "before old 5");
	}

	private static Map<String, Way> ways(ConfigurableApplicationContext context) {
		Map<String, Way> ways = new LinkedHashMap<>();
		Shop.Desk desk = context.getBean(Shop.Desk.class);
		ReflectionUtils.doWithLocalFields(Shop.Desk.class, (field) -> {
			if (field.get(desk) instanceof ChatModel model) {
				ways.put("injected " + field.getName(), Way.of(model));
				ways.put("client of " + field.getName(), Way.of(ChatClient.create(model)));
				ways.put("looked up " + field.getName(), Way.of(context.getBean(field.getName(), ChatModel.class)));
			}
		});
		ways.put("client", Way.of(desk.client.build()));
		ways.put("by interface", Way.of(context.getBean(ChatModel.class)));
		ways.put("by class", Way.of(context.getBean(OllamaChatModel.class)));
		ways.put("provided", Way.of(context.getBeanProvider(Shop.OwnModelWithField.class).getObject()));
		return ways;
	}

	private static void use(String feature, Way way) {
		assertThat(in(feature, way::call)).isEqualTo("Hello");
		assertThat(in(feature, () -> way.stream().collect(Collectors.joining()).block())).isEqualTo("Hello");
	}

	private static <T> T in(String feature, Supplier<T> use) {
		try (LlmContextScope scope = LlmContext.feature(feature).open()) {
			return use.get();
		}
	}

	/**
	 * A way to a model.
	 */
	private interface Way {

		String call();

		Flux<String> stream();

		static Way of(ChatModel model) {
			return new Way() {

				@Override
				public String call() {
					return model.call("Hi");
				}

				@Override
				public Flux<String> stream() {
					return model.stream(new Prompt("Hi"))
						.mapNotNull((response) -> (response.getResult() != null)
								? response.getResult().getOutput().getText() : null);
				}

			};
		}

		static Way of(ChatClient client) {
			return new Way() {

				@Override
				public String call() {
					return client.prompt("Hi").call().content();
				}

				@Override
				public Flux<String> stream() {
					return client.prompt("Hi").stream().content();
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class AutoConfigured {

	}

}
