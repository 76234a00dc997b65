// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.customer;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmCustomer;
import com.llmtrack.spring.LlmCustomerResolver;
import com.llmtrack.spring.LlmFeature;
import com.llmtrack.spring.testsupport.AbstractApplicationTests;
import com.llmtrack.spring.testsupport.Applications;
import com.llmtrack.spring.testsupport.OpenAiAnswers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests customers that come from the authenticated user, a logging key or a header.
 */
class ReadyMadeCustomerTests extends AbstractApplicationTests {

	private static final HttpClient http = HttpClient.newHttpClient();

	private static final String NOBODY = "-";

	@BeforeEach
	void streams() {
		servers.openAi().answersAndStreams(OpenAiAnswers.text("Hello", 3, 2), OpenAiAnswers.textStream("Hello", 3, 2));
	}

	@AfterEach
	void clear() {
		SecurityContextHolder.clearContext();
		MDC.clear();
	}

	@Test
	void authenticatedUserIsTheCustomer() {
		try (ConfigurableApplicationContext context = startWith("principal")) {
			call(context);
			SecurityContextHolder.setContext(new SecurityContextImpl(user("ada")));
			call(context);
			chatClient(context).prompt("Hi").stream().content().blockLast();
			SecurityContextHolder.setContext(new SecurityContextImpl(new AnonymousAuthenticationToken("key",
					"anonymous", AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"))));
			call(context);
			SecurityContextHolder
				.setContext(new SecurityContextImpl(UsernamePasswordAuthenticationToken.unauthenticated("eve", "?")));
			call(context);
			assertCustomers(NOBODY, "ada", "ada", NOBODY, NOBODY);
		}
	}

	@Test
	void authenticatedUserOfAStreamIsTheCustomer() {
		try (ConfigurableApplicationContext context = startWith("principal")) {
			SecurityContextHolder.setContext(new SecurityContextImpl(user("thread")));
			Flux<String> stream = chatClient(context).prompt("Hi").stream().content();
			stream.subscribeOn(Schedulers.boundedElastic())
				.contextWrite(ReactiveSecurityContextHolder.withAuthentication(user("ada")))
				.blockLast();
			assertCustomers("ada");
		}
	}

	@Test
	void userWhoIsNotKnownYetIsNotWaitedFor() {
		try (ConfigurableApplicationContext context = startWith("principal")) {
			Flux<String> stream = chatClient(context).prompt("Hi").stream().content();
			stream.contextWrite(ReactiveSecurityContextHolder.withSecurityContext(Mono.never())).blockLast();
			assertCustomers(NOBODY);
		}
	}

	@Test
	void loggingKeyIsTheCustomer() {
		try (ConfigurableApplicationContext context = startWith("mdc:tenant")) {
			call(context);
			MDC.put("tenant", "4711");
			call(context);
			assertCustomers(NOBODY, "4711");
		}
	}

	@Test
	void customerThatIsNamedInCodeWins() {
		try (ConfigurableApplicationContext context = startWith("mdc:tenant")) {
			MDC.put("tenant", "4711");
			LlmContext.customer("named").run(() -> call(context));
			LlmContext.customer(null).run(() -> call(context));
			assertCustomers("named", NOBODY);
		}
	}

	@Test
	void resolverOfTheApplicationWins() {
		MDC.put("tenant", "4711");
		Beans resolver = (beans) -> {
			beans.registerBean(LlmCustomerResolver.class, () -> () -> LlmCustomer.of("resolved"));
			beans.registerBean(Desk.class);
		};
		try (ConfigurableApplicationContext context = start(resolver, "llmtrack.customer.from=mdc:tenant")) {
			call(context);
			context.getBean(Desk.class).answer();
			assertCustomers("resolved", "resolved");
		}
	}

	@Test
	void annotatedMethodTakesTheCustomerWithItToOtherThreads() throws Exception {
		MDC.put("tenant", "4711");
		try (ConfigurableApplicationContext context = start((beans) -> beans.registerBean(Desk.class),
				"llmtrack.customer.from=mdc:tenant")) {
			context.getBean(Desk.class).answerElsewhere().get();
			assertCustomers("4711");
		}
	}

	@Test
	@Tag("slow")
	void headerIsTheCustomerInSpringMvc() throws Exception {
		assertHeader("servlet");
	}

	@Test
	@Tag("slow")
	void headerIsTheCustomerInWebFlux() throws Exception {
		assertHeader("reactive");
	}

	private static void assertHeader(String kind) throws Exception {
		try (ConfigurableApplicationContext context = Applications.start(servers, true, WebApplication.class,
				"spring.main.web-application-type=" + kind, "server.port=0", "server.netty.max-keep-alive-requests=1",
				"llmtrack.customer.from=header:X-Tenant")) {
			for (String path : new String[] { "/blocking", "/unannotated", "/flux", "/flux-unannotated" }) {
				get(context, path, "4711");
				get(context, path, null);
				assertCustomers("4711", NOBODY);
				servers.reset();
				servers.openAi()
					.answersAndStreams(OpenAiAnswers.text("Hello", 3, 2), OpenAiAnswers.textStream("Hello", 3, 2));
			}
		}
	}

	private static void get(ConfigurableApplicationContext context, String path, String tenant) throws Exception {
		int port = ((WebServerApplicationContext) context).getWebServer().getPort();
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
		if (tenant != null) {
			request.header("X-Tenant", tenant);
		}
		assertThat(http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body()).contains("Hello");
	}

	private static ConfigurableApplicationContext startWith(String source) {
		return start(Beans.NONE, "llmtrack.customer.from=" + source);
	}

	private static Authentication user(String name) {
		return UsernamePasswordAuthenticationToken.authenticated(name, "secret", AuthorityUtils.NO_AUTHORITIES);
	}

	private static void assertCustomers(String... expected) {
		assertThat(servers.awaitEvents(expected.length))
			.extracting((event) -> event.path("customer_id").asString(NOBODY))
			.containsExactlyInAnyOrder(expected);
	}

	static class Desk {

		private final ChatClient client;

		Desk(ChatClient.Builder builder) {
			this.client = builder.build();
		}

		@LlmFeature("desk")
		String answer() {
			return this.client.prompt("Hi").call().content();
		}

		@LlmFeature("desk")
		CompletableFuture<String> answerElsewhere() {
			Callable<String> task = LlmContext.current().wrap(() -> this.client.prompt("Hi").call().content());
			return CompletableFuture.supplyAsync(() -> call(task));
		}

		private static String call(Callable<String> task) {
			try {
				return task.call();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Desk.class, Annotated.class, Unannotated.class })
	static class WebApplication {

	}

	@LlmFeature("web")
	@RestController
	static class Annotated {

		private final ChatClient client;

		Annotated(ChatClient.Builder builder) {
			this.client = builder.build();
		}

		@GetMapping("/blocking")
		String blocking() {
			return this.client.prompt("Hi").call().content();
		}

		@GetMapping(path = "/flux", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		Flux<String> flux() {
			return this.client.prompt("Hi").stream().content().subscribeOn(Schedulers.boundedElastic());
		}

	}

	@RestController
	static class Unannotated {

		private final ChatClient client;

		Unannotated(ChatClient.Builder builder) {
			this.client = builder.build();
		}

		@GetMapping("/unannotated")
		String blocking() {
			return this.client.prompt("Hi").call().content();
		}

		@GetMapping(path = "/flux-unannotated", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		Flux<String> flux() {
			return this.client.prompt("Hi").stream().content();
		}

	}

}
