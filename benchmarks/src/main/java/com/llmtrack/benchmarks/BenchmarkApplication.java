// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.benchmarks;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import javax.sql.DataSource;

import com.llmtrack.spring.LlmFeature;
import com.llmtrack.spring.delivery.DeliverySettings;
import com.llmtrack.spring.delivery.EventDispatcher;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import reactor.core.publisher.Mono;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.openai.instant.InstantOpenAiChatModel;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

/**
 * An application with a model that answers at once, put together by the
 * auto-configurations of Spring Boot, Spring AI and the starter.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class BenchmarkApplication {

	/** As the properties have them by default. */
	private static final DeliverySettings SETTINGS = new DeliverySettings(10_000, 8, Duration.ofSeconds(5));

	/**
	 * Start an application.
	 * @param variant what watches over its model
	 * @param properties further properties
	 */
	static ConfigurableApplicationContext start(Variant variant, Map<String, Object> properties) {
		return application(variant, properties).run();
	}

	/**
	 * Start an application that has a database, for the starter only.
	 */
	static ConfigurableApplicationContext start(Variant variant, Map<String, Object> properties,
			DataSource dataSource) {
		return application(variant, properties)
			.initializers(
					(GenericApplicationContext context) -> context.registerBean(DataSource.class, () -> dataSource))
			.run();
	}

	/**
	 * Start an application whose events are accepted at once, or never.
	 */
	static ConfigurableApplicationContext startWithoutNetwork(Variant variant) {
		boolean stalled = variant == Variant.STARTER_QUEUE_FULL;
		return application(variant, Map.of())
			.initializers((GenericApplicationContext context) -> context.registerBean(EventDispatcher.class,
					() -> new EventDispatcher(SETTINGS, new InstantTransport(stalled))))
			.run();
	}

	private static SpringApplicationBuilder application(Variant variant, Map<String, Object> properties) {
		Map<String, Object> all = new LinkedHashMap<>();
		all.put("spring.main.banner-mode", "off");
		all.put("logging.level.root", "error");
		all.put("llmtrack.api-key", "benchmark-key");
		all.put("management.tracing.sampling.probability", "1.0");
		all.put(VariantFilter.EXCLUDED, String.join(",", variant.excludedAutoConfigurations()));
		all.putAll(variant.properties());
		all.putAll(properties);
		return new SpringApplicationBuilder(BenchmarkApplication.class)
			.initializers((GenericApplicationContext context) -> registerModel(context, variant))
			.web(WebApplicationType.NONE)
			.properties(all);
	}

	private static void registerModel(GenericApplicationContext context, Variant variant) {
		Supplier<ObservationRegistry> registry = () -> context.getBeanProvider(ObservationRegistry.class)
			.getIfUnique(() -> ObservationRegistry.NOOP);
		if (variant == Variant.STARTER_OWN_MODEL) {
			context.registerBean(InstantChatModel.class, () -> new InstantChatModel(registry.get()));
		}
		else {
			context.registerBean(InstantOpenAiChatModel.class, () -> new InstantOpenAiChatModel(registry.get()));
		}
	}

	@Bean
	ModelUser modelUser(ChatModel chatModel) {
		return new ModelUser(chatModel);
	}

	@Bean
	Annotated annotated() {
		return new Annotated();
	}

	@Bean
	SpanExporter spanExporter() {
		return new DroppingExporter();
	}

	/**
	 * Has the model as it is injected into applications.
	 */
	record ModelUser(ChatModel chatModel) {
	}

	static class Annotated {

		@LlmFeature("support-chat")
		void run() {
		}

		@LlmFeature("support-chat")
		Mono<Void> runReactively() {
			return Mono.empty();
		}

	}

	private static final class DroppingExporter implements SpanExporter {

		@Override
		public CompletableResultCode export(Collection<SpanData> spans) {
			return CompletableResultCode.ofSuccess();
		}

		@Override
		public CompletableResultCode flush() {
			return CompletableResultCode.ofSuccess();
		}

		@Override
		public CompletableResultCode shutdown() {
			return CompletableResultCode.ofSuccess();
		}

	}

}
