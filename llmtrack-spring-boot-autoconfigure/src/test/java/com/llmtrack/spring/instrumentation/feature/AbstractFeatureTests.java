// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import java.util.List;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.testsupport.AlsoProcessed;
import com.llmtrack.spring.testsupport.OpenAiAnswers;
import com.llmtrack.spring.testsupport.StubServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Base for tests of features, which share one web application with OpenAI.
 */
@AlsoProcessed
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		classes = AbstractFeatureTests.Application.class,
		properties = { "spring.ai.openai.api-key=openai-key", "spring.ai.openai.chat.model=gpt-4o-mini",
				"spring.ai.openai.max-retries=0", "spring.task.execution.mode=force", "llmtrack.api-key=llmtrack-key",
				"llmtrack.event.include=conversation-id,turn-id,trace-id,time-to-first-token",
				"test.feature=from-property" })
@ActiveProfiles("observations")
abstract class AbstractFeatureTests {

	/** What an event without a feature is said to have. */
	static final String NONE = "-";

	@RegisterExtension
	static final StubServers servers = StubServers.shared();

	@Autowired
	FeatureQuestions questions;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		registry.add("spring.ai.openai.base-url", servers::openAiUrl);
		registry.add("llmtrack.base-url", servers::llmTrackUrl);
	}

	@BeforeEach
	void reset() {
		servers.reset();
		servers.openAi().answersAndStreams(OpenAiAnswers.text("Hello", 3, 2), OpenAiAnswers.textStream("Hello", 3, 2));
	}

	@AfterEach
	void nothingIsLeftOnTheThread() {
		assertThat(LlmContext.current().isEmpty()).isTrue();
	}

	/**
	 * Assert that there is one event per request, and what they are booked under.
	 * @param expected the feature of each event, in any order
	 */
	static void assertFeatures(String... expected) {
		assertThat(features(expected.length)).containsExactlyInAnyOrder(expected);
		assertThat(servers.requests()).isEqualTo(expected.length);
	}

	private static List<String> features(int count) {
		return values(count, "/metadata/feature");
	}

	/**
	 * Assert that there is one event per request, and whom they are made for.
	 * @param expected the customer of each event, in any order
	 */
	static void assertCustomers(String... expected) {
		assertThat(customers(expected.length)).containsExactlyInAnyOrder(expected);
		assertThat(servers.requests()).isEqualTo(expected.length);
	}

	static List<String> customers(int count) {
		return values(count, "/customer_id");
	}

	private static List<String> values(int count, String pointer) {
		return servers.awaitEvents(count)
			.stream()
			.map((event) -> event.at(pointer).asString(""))
			.map((value) -> value.isEmpty() ? NONE : value)
			.toList();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAsync
	@EnableAutoConfiguration
	@EnableCaching
	@EnableResilientMethods
	@EnableScheduling
	@Import({ FeatureQuestions.class, AnnotatedBeans.class, AnnotatedSpringBeans.class, AnnotatedResults.class,
			AnnotatedControllers.class, AnnotatedReturnValues.class, AnnotatedClients.class, AnnotatedCustomers.class,
			AnnotatedCustomers.Implementation.class, Tracing.class })
	static class Application {

		@Bean
		ConcurrentMapCacheManager cacheManager() {
			return new ConcurrentMapCacheManager();
		}

		@Bean
		ThreadPoolTaskExecutor propagatingExecutor() {
			ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
			executor.setCorePoolSize(1);
			executor.setTaskDecorator(new ContextPropagatingTaskDecorator());
			return executor;
		}

	}

}
