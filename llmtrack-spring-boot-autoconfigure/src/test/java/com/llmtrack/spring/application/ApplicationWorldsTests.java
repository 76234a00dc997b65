// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.application;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.llmtrack.spring.testsupport.AlsoProcessed;
import com.llmtrack.spring.testsupport.Applications;
import com.llmtrack.spring.testsupport.EventAssertions;
import com.llmtrack.spring.testsupport.ModelUses;
import com.llmtrack.spring.testsupport.StubServers;
import com.llmtrack.spring.testsupport.WorldApplication;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Hooks;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests one application in many environments: it gives one event per request, logs
 * nothing about it, and creates the same beans at the same time as without the starter.
 */
@AlsoProcessed
@Tag("slow")
@Tag("jdk")
@ExtendWith(OutputCaptureExtension.class)
class ApplicationWorldsTests {

	private static final String OBSERVATIONS = "spring.profiles.active=observations";

	@RegisterExtension
	private static final StubServers servers = new StubServers();

	@BeforeEach
	void prepare() {
		ModelUses.prepare(servers);
	}

	/**
	 * Reactor's hook is for the whole JVM, and so for all tests that follow.
	 */
	@AfterEach
	void disableAutomaticContextPropagation() {
		Hooks.disableAutomaticContextPropagation();
	}

	@ParameterizedTest
	@EnumSource
	void eachRequestGivesOneEvent(World world, CapturedOutput output) throws Exception {
		Assumptions.assumeTrue(Runtime.version().feature() >= world.java);
		Set<String> untracked;
		try (ConfigurableApplicationContext context = start(world, false)) {
			untracked = singletons(context);
		}
		try (ConfigurableApplicationContext context = start(world, true)) {
			assertThat(singletons(context)).isEqualTo(untracked);
			use(context);
			assertThat(servers.requests()).isEqualTo(10);
			assertThat(servers.awaitEvents(2 * world.tracked)).extracting(EventAssertions::describe)
				.containsExactlyInAnyOrderElementsOf(Stream.generate(() -> List.of(ModelUses.CALL, ModelUses.STREAM))
					.limit(world.tracked)
					.flatMap(List::stream)
					.toList());
		}
		assertThat(output).doesNotContain("not eligible for getting processed by all BeanPostProcessors");
		assertThat(output.toString().lines().filter(ApplicationWorldsTests::isOursAndBad)).isEmpty();
	}

	private static ConfigurableApplicationContext start(World world, boolean tracked) {
		return Applications.start(servers, tracked, world.application,
				Stream.concat(Stream.of("server.port=0"), Stream.of(world.properties)).toArray(String[]::new));
	}

	/**
	 * Return the names of the beans that there are by now, but for those that only
	 * tracking brings.
	 */
	private static Set<String> singletons(ConfigurableApplicationContext context) {
		return Stream.of(context.getBeanDefinitionNames())
			.filter(context.getBeanFactory()::containsSingleton)
			.filter((name) -> !name.toLowerCase(Locale.ROOT).contains("llmtrack"))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static void use(ConfigurableApplicationContext context) throws Exception {
		WorldApplication.Uses uses = context.getBean(WorldApplication.Uses.class);
		String port = context.getEnvironment().getProperty("local.server.port");
		for (String name : uses.calls().keySet()) {
			assertThat((port != null) ? get(port, "/calls/" + name) : uses.calls().get(name).get()).isEqualTo("Hello");
			assertThat((port != null) ? get(port, "/streams/" + name)
					: uses.streams().get(name).get().collect(Collectors.joining()).block())
				.contains("Hello");
		}
	}

	private static String get(String port, String path) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
	}

	private static boolean isOursAndBad(String line) {
		return line.matches(".* (WARN|ERROR) .*( c\\.l|com\\.llmtrack).*");
	}

	enum World {

		PLAIN,

		OBSERVED(OBSERVATIONS),

		OBSERVATIONS_SWITCHED_OFF(OBSERVATIONS, "management.observations.enable.all=false"),

		VIRTUAL_THREADS(21, "spring.threads.virtual.enabled=true", "spring.main.web-application-type=servlet"),

		LAZY("spring.main.lazy-initialization=true"),

		SERVLET("spring.main.web-application-type=servlet"),

		OBSERVED_REACTIVE(OBSERVATIONS, "spring.main.web-application-type=reactive"),

		OBSERVE_FINAL_MODELS("llmtrack.instrumentation.final-models=observe"),

		OBSERVED_OBSERVE_FINAL_MODELS(OBSERVATIONS, "llmtrack.instrumentation.final-models=observe"),

		CONTEXT_PROPAGATION("spring.reactor.context-propagation=auto"),

		CIRCULAR_REFERENCES("spring.main.allow-circular-references=true"),

		/** Spring AI takes neither registry, so that bare models observe nothing. */
		TWO_REGISTRIES(WithTwoRegistries.class, 17, 2,
				"spring.autoconfigure.exclude=" + Stream
					.of("micrometer.observation.autoconfigure.ObservationAutoConfiguration",
							"micrometer.observation.autoconfigure.ScheduledTasksObservationAutoConfiguration",
							"restclient.autoconfigure.RestClientObservationAutoConfiguration",
							"restclient.autoconfigure.RestTemplateObservationAutoConfiguration",
							"webclient.autoconfigure.WebClientObservationAutoConfiguration")
					.map("org.springframework.boot."::concat)
					.collect(Collectors.joining(",")));

		private final Class<?> application;

		private final int java;

		private final int tracked;

		private final String[] properties;

		World(String... properties) {
			this(17, properties);
		}

		World(int java, String... properties) {
			this(WorldApplication.class, java, 5, properties);
		}

		World(Class<?> application, int java, int tracked, String... properties) {
			this.application = application;
			this.java = java;
			this.tracked = tracked;
			this.properties = properties;
		}

	}

	/**
	 * The same with two registries, of which Spring AI takes none.
	 */
	@Configuration(proxyBeanMethods = false)
	@Import(WorldApplication.class)
	static class WithTwoRegistries {

		@Bean
		ObservationRegistry first() {
			return ObservationRegistry.create();
		}

		@Bean
		ObservationRegistry second() {
			return ObservationRegistry.create();
		}

	}

}
