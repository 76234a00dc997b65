// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

import com.example.web.AuditFilter;
import com.example.web.ChatController;
import com.llmtrack.spring.testsupport.Applications;
import com.llmtrack.spring.testsupport.OpenAiAnswers;
import com.llmtrack.spring.testsupport.StubServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests which place is named for streams that Spring MVC and Spring WebFlux subscribe to.
 */
@ExtendWith(OutputCaptureExtension.class)
class WebCallSiteTests {

	@RegisterExtension
	private static final StubServers servers = StubServers.shared();

	private final HttpClient http = HttpClient.newHttpClient();

	@Test
	void streamsOfMvcAreNamedByTheirControllers(CapturedOutput output) throws Exception {
		try (ConfigurableApplicationContext context = start(MvcApplication.class, "servlet")) {
			get(context, "/client");
			get(context, "/model");
			get(context, "/annotated");
		}
		assertPlaces(output);
	}

	@Test
	void streamsOfObservedWebFluxAreNamedByTheirControllers(CapturedOutput output) throws Exception {
		try (ConfigurableApplicationContext context = start(Application.class, "reactive",
				"spring.profiles.active=observations")) {
			get(context, "/client");
			get(context, "/model");
			get(context, "/annotated");
		}
		assertPlaces(output);
	}

	@Test
	void onlyStreamsOfChatClientsHaveNoPlaceInWebFluxWithoutObservations(CapturedOutput output) throws Exception {
		try (ConfigurableApplicationContext context = start(Application.class, "reactive")) {
			get(context, "/client");
			get(context, "/model");
		}
		assertThat(places(output)).satisfiesExactlyInAnyOrder(
				(line) -> assertThat(line).contains("come from no application code on the stack. Annotate the method "
						+ "that returns the Mono or Flux with @LlmFeature(\"…\");"),
				(line) -> assertThat(line).contains("ChatController.ofModel(ChatController.java:"));
	}

	private static void assertPlaces(CapturedOutput output) {
		assertThat(places(output)).satisfiesExactlyInAnyOrder(
				(line) -> assertThat(line)
					.contains("come from com.example.web.ChatController.ofClient(…). Annotate the "
							+ "method, or one that calls it through a Spring bean, with @LlmFeature(\"…\");"),
				(line) -> assertThat(line).contains(
						"come from com.example.web.ChatController.ofModel(ChatController.java:",
						"). Annotate the method, or one that"),
				(line) -> assertThat(line).contains("come from com.example.web.ChatController.annotated(…). "
						+ "ChatController.annotated is annotated, but was not called through Spring's proxy"));
	}

	private static List<String> places(CapturedOutput output) {
		return output.getOut().lines().filter((line) -> line.contains("Model requests without a feature")).toList();
	}

	private void get(ConfigurableApplicationContext context, String path) throws Exception {
		servers.reset();
		servers.openAi().answers(OpenAiAnswers.textStream("Hello", 3, 2));
		int port = ((WebServerApplicationContext) context).getWebServer().getPort();
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build();
		assertThat(this.http.send(request, HttpResponse.BodyHandlers.ofString()).body()).contains("data:Hello");
		servers.awaitEvent();
	}

	private static ConfigurableApplicationContext start(Class<?> application, String type, String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.addAll(List.of("spring.main.web-application-type=" + type, "server.port=0",
				"server.netty.max-keep-alive-requests=1"));
		return Applications.start(servers, true, application, all.toArray(String[]::new));
	}

	@Configuration(proxyBeanMethods = false)
	@AutoConfigurationPackage(basePackageClasses = ChatController.class)
	@EnableAutoConfiguration
	@Import(ChatController.class)
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Application.class, AuditFilter.class })
	static class MvcApplication {

	}

}
