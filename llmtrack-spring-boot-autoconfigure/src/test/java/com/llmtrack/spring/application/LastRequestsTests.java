// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.application;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.LlmUsageEventCustomizer;
import com.llmtrack.spring.delivery.EventDispatcher;
import com.llmtrack.spring.testsupport.AbstractApplicationTests;
import com.llmtrack.spring.testsupport.Applications;
import com.llmtrack.spring.testsupport.EventAssertions;
import com.llmtrack.spring.testsupport.OpenAiAnswers;
import com.llmtrack.spring.testsupport.Waiting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the last requests of an application are delivered, kept or said to be lost.
 */
class LastRequestsTests extends AbstractApplicationTests {

	/** The first event of all loads the HTTP client. */
	private static final String ENOUGH_TIME = "llmtrack.delivery.shutdown-timeout=60s";

	/**
	 * Beans are created in this order, so that some are destroyed after everything that
	 * is created for the auto-configurations.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void requestsOfBeansThatAreDestroyedAreDelivered(boolean first, CapturedOutput output) {
		servers.openAi()
			.answers(OpenAiAnswers.text("Hello", 11, 1), OpenAiAnswers.text("Hello", 12, 1),
					OpenAiAnswers.text("Hello", 13, 1), OpenAiAnswers.text("Hello", 14, 1));
		try (ConfigurableApplicationContext context = start((beans) -> {
			beans.registerBean("injected", Injected.class);
			beans.registerBean("lookingUp", LookingUp.class);
		}, ENOUGH_TIME)) {
			if (!first) {
				call(context);
				call(context);
			}
		}
		assertThat(servers.openAiRequests()).isEqualTo(first ? 2 : 4);
		if (first) {
			EventAssertions.assertEvents(servers, servers::openAiRequests, "success 11/1/12", "success 12/1/13");
		}
		else {
			EventAssertions.assertEvents(servers, servers::openAiRequests, "success 11/1/12", "success 12/1/13",
					"success 13/1/14", "success 14/1/15");
		}
		assertThat(output).doesNotContain(" WARN ");
	}

	/**
	 * Reactor's resources are released before beans are destroyed.
	 */
	@Test
	void requestsOfBeansThatAreDestroyedAreDeliveredByAWholeApplication(CapturedOutput output) {
		Applications.start(servers, true, WholeApplication.class, ENOUGH_TIME).close();
		EventAssertions.assertEvents(servers, servers::openAiRequests, "success 19/10/29");
		assertThat(output).doesNotContain(" WARN ");
	}

	@Test
	void eventThatIsJustBeingMadeAtTheEndIsSaidToBeLost(CapturedOutput output) throws Exception {
		endWhileAStreamEnds();
		servers.awaitEvents(0);
		assertThat(output).containsOnlyOnce("their events are lost (1 events");
	}

	@Test
	void eventThatIsJustBeingMadeAtTheEndIsSpooled(@TempDir Path directory, CapturedOutput output) throws Exception {
		String spool = "llmtrack.spool.directory=" + directory;
		EventDispatcher dispatcher = endWhileAStreamEnds(spool);
		Waiting.await().until(() -> dispatcher.getSpooled() == 1);
		assertThat(output).doesNotContain("are lost");
		try (ConfigurableApplicationContext next = start(Beans.NONE, spool)) {
			EventAssertions.assertEvents(servers, servers::openAiRequests, "success 19/10/29");
		}
	}

	private static EventDispatcher endWhileAStreamEnds(String... properties) throws Exception {
		openAiStreams();
		CountDownLatch ending = new CountDownLatch(1);
		CountDownLatch closed = new CountDownLatch(1);
		CompletableFuture<Void> stream;
		EventDispatcher dispatcher;
		try (ConfigurableApplicationContext context = start(
				(beans) -> beans.registerBean(LlmUsageEventCustomizer.class, () -> new HeldUp(ending, closed)),
				properties)) {
			dispatcher = context.getBean(EventDispatcher.class);
			ChatModel model = context.getBean(ChatModel.class);
			stream = model.stream("Hi").then().toFuture();
			assertThat(ending.await(20, TimeUnit.SECONDS)).isTrue();
		}
		closed.countDown();
		stream.get(20, TimeUnit.SECONDS);
		return dispatcher;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class WholeApplication {

		@Bean
		Injected injected(@Qualifier("openAiChatModel") ChatModel model) {
			return new Injected(model);
		}

	}

	record Injected(ChatModel model) implements DisposableBean {

		@Override
		public void destroy() {
			this.model.call("Bye");
		}

	}

	record LookingUp(ObjectProvider<ChatModel> models) implements DisposableBean {

		@Override
		public void destroy() {
			this.models.getObject().call("Bye");
		}

	}

	/**
	 * Holds up the thread on which a request ends.
	 */
	private record HeldUp(CountDownLatch ending, CountDownLatch closed) implements LlmUsageEventCustomizer {

		@Override
		public LlmUsageEvent customize(LlmUsageEvent event) {
			this.ending.countDown();
			try {
				assertThat(this.closed.await(20, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			return event;
		}

	}

}
