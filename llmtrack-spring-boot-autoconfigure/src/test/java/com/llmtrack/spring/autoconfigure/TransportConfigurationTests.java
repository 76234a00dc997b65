// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.llmtrack.spring.LlmTrackWebClientCustomizer;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.delivery.EventDispatcher;
import com.llmtrack.spring.testsupport.ConnectProxy;
import com.llmtrack.spring.testsupport.EventSchema;
import com.llmtrack.spring.testsupport.TestCertificate;
import com.llmtrack.spring.testsupport.Waiting;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.boot.webclient.autoconfigure.WebClientObservationAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests how properties and beans configure the transport.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(60)
class TransportConfigurationTests {

	private static final String KEY = "secret-llmtrack-key";

	private static TestCertificate certificate;

	private static TestCertificate otherCertificate;

	private WireMockServer server;

	private ApplicationContextRunner runner;

	@BeforeAll
	static void createCertificates(@TempDir Path directory) {
		certificate = TestCertificate.create(directory, "llmtrack", "dns:localhost,dns:llmtrack.test");
		otherCertificate = TestCertificate.create(directory, "other", "dns:other.test");
	}

	@BeforeEach
	void start() {
		this.server = new WireMockServer(WireMockConfiguration.options()
			.dynamicPort()
			.dynamicHttpsPort()
			.keystorePath(certificate.keyStore().toString())
			.keystoreType("PKCS12")
			.keystorePassword(TestCertificate.PASSWORD)
			.keyManagerPassword(TestCertificate.PASSWORD));
		this.server.start();
		this.server.stubFor(WireMock.post("/api/ingest").willReturn(WireMock.jsonResponse("{\"ok\":true}", 201)));
		this.runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, LlmTrackAutoConfiguration.class))
			.withPropertyValues("llmtrack.api-key=" + KEY, "llmtrack.base-url=" + url(),
					"llmtrack.delivery.shutdown-timeout=0s");
	}

	@AfterEach
	void stop() {
		requests().forEach((request) -> EventSchema.validated(request.getBodyAsString()));
		this.server.stop();
	}

	@Test
	void nothingThatTheApplicationDoesAboutItsClientsTouchesEvents() {
		this.runner
			.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class,
					WebClientAutoConfiguration.class, WebClientObservationAutoConfiguration.class))
			.withUserConfiguration(Clients.class)
			.run((context) -> {
				deliver(context);
				assertThat(requests()).singleElement()
					.satisfies((request) -> assertThat(request.getHeaders().keys()).extracting(String::toLowerCase)
						.doesNotContain("x-application", "traceparent"));
				Clients clients = context.getBean(Clients.class);
				assertThat(clients.seen).isEmpty();
				// What is meant for the application's clients does reach these
				context.getBean("plainBuilder", WebClient.Builder.class)
					.build()
					.get()
					.uri(url() + "/other")
					.retrieve()
					.onStatus((status) -> true, (response) -> response.releaseBody().then(Mono.empty()))
					.toBodilessEntity()
					.block();
				assertThat(clients.seen).contains("filter", "http.client.requests");
			});
	}

	@Test
	void customizersAreAppliedInTheirOrderWithTheFirstEvent() {
		this.runner.withUserConfiguration(Customizers.class).run((context) -> {
			assertThat(context.getBeanFactory().containsSingleton("second")).isFalse();
			deliver(context);
			assertThat(requests()).singleElement()
				.satisfies((request) -> assertThat(request.header("X-Gateway").values()).containsExactly("first",
						"second"));
		});
	}

	@Test
	void customizerThatCannotBeCreatedHarmsNobody(CapturedOutput output) {
		this.runner.withUserConfiguration(BrokenCustomizer.class).run((context) -> {
			assertThat(context).hasNotFailed();
			record(context);
			Waiting.await().until(() -> output.toString().contains("LlmTrackWebClientCustomizer failed with "));
			assertThat(context.getBean(EventDispatcher.class).getPending()).isOne();
		});
		assertThat(output).doesNotContain("secret of the application");
	}

	@Test
	void customizerThatFailsIsNamedInTheLog(CapturedOutput output) {
		this.runner.withBean(LlmTrackWebClientCustomizer.class, FailingCustomizer::new).run((context) -> {
			record(context);
			Waiting.await()
				.until(() -> output.toString()
					.contains(FailingCustomizer.class.getName() + " failed with java.lang.IllegalStateException"));
			assertThat(context.getBean(EventDispatcher.class).getPending()).isOne();
		});
		assertThat(output).doesNotContain("secret of the application");
	}

	@Test
	void bundleIsTrusted() {
		withTls("trusting").run((context) -> {
			deliver(context);
			assertThat(requests()).hasSize(1);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "llmtrack.ssl.bundle=", "llmtrack.ssl.bundle=other" })
	void serverThatIsNotTrustedGetsNoEvent(String bundle, CapturedOutput output) {
		withTls("trusting").withPropertyValues(bundle).run((context) -> {
			record(context);
			Waiting.await().until(() -> output.toString().contains("SSLHandshakeException"));
		});
		assertThat(requests()).isEmpty();
	}

	@Test
	void unknownBundleFailsTheStart() {
		withTls("unknown").run((context) -> assertThat(context.getStartupFailure())
			.hasRootCauseInstanceOf(InvalidConfigurationPropertyValueException.class)
			.rootCause()
			.hasMessageContainingAll("llmtrack.ssl.bundle", "'unknown'", "[broken, other, trusting]"));
	}

	@Test
	void bundleThatCannotBeUsedFailsTheStart() {
		withTls("broken").run((context) -> assertThat(context.getStartupFailure())
			.hasRootCauseInstanceOf(InvalidConfigurationPropertyValueException.class)
			.rootCause()
			.hasMessageContainingAll("llmtrack.ssl.bundle", "'broken'", "can't be used", "missing.p12"));
	}

	@Test
	void bundleFailsTheStartWhereThereAreNone() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(LlmTrackAutoConfiguration.class))
			.withPropertyValues("llmtrack.api-key=" + KEY, "llmtrack.ssl.bundle=any")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContainingAll("llmtrack.ssl.bundle", "'any'", "no SSL bundles"));
	}

	@Test
	void bundleThatIsUpdatedIsUsed(CapturedOutput output) {
		withTls("other").run((context) -> {
			SslBundles bundles = context.getBean(SslBundles.class);
			SslBundle trusting = bundles.getBundle("trusting");
			context.getBean(SslBundleRegistry.class).updateBundle("other", trusting);
			deliver(context);
			context.getBean(SslBundleRegistry.class).updateBundle("other", bundles.getBundle("broken"));
			assertThat(output).contains("The changed SSL bundle 'other' can't be used");
			deliver(context);
			assertThat(requests()).hasSize(2);
		});
	}

	@Test
	void proxyOfThePropertiesIsUsed(CapturedOutput output) {
		try (ConnectProxy proxy = ConnectProxy.forUser("somebody", "secret-password")) {
			withTls("trusting")
				.withPropertyValues("llmtrack.base-url=https://llmtrack.test:" + this.server.httpsPort(),
						"llmtrack.proxy.host=127.0.0.1", "llmtrack.proxy.port=" + proxy.port(),
						"llmtrack.proxy.username=somebody", "llmtrack.proxy.password=secret-password")
				.run((context) -> {
					deliver(context);
					assertThat(proxy.heads()).singleElement().asString().startsWith("CONNECT llmtrack.test:");
					assertThat(requests()).singleElement()
						.satisfies((request) -> assertThat(request.containsHeader("Proxy-Authorization")).isFalse());
					assertThat(context.getBean(LlmTrackProperties.class).toString()).doesNotContain("secret");
				});
			assertThat(proxy.readable()).doesNotContain(KEY);
		}
		assertThat(output).doesNotContain("secret-password", KEY);
	}

	private ApplicationContextRunner withTls(String bundle) {
		return this.runner.withPropertyValues(
				"llmtrack.base-url=" + URI.create("https://localhost:" + this.server.httpsPort()),
				"llmtrack.ssl.bundle=" + bundle,
				"spring.ssl.bundle.jks.trusting.truststore.location=file:" + certificate.trustStore(),
				"spring.ssl.bundle.jks.trusting.truststore.password=" + TestCertificate.PASSWORD,
				"spring.ssl.bundle.jks.other.truststore.location=file:" + otherCertificate.trustStore(),
				"spring.ssl.bundle.jks.other.truststore.password=" + TestCertificate.PASSWORD,
				"spring.ssl.bundle.jks.broken.truststore.location=file:missing.p12");
	}

	private static void record(ApplicationContext context) {
		context.getBean(EventDispatcher.class)
			.record(LlmUsageEvent.builder().provider("openai").model("gpt-4o").build());
	}

	private static void deliver(ApplicationContext context) {
		EventDispatcher dispatcher = context.getBean(EventDispatcher.class);
		long before = dispatcher.getStatistics().getDelivered();
		record(context);
		Waiting.await().until(() -> dispatcher.getStatistics().getDelivered() == before + 1);
	}

	private String url() {
		return "http://localhost:" + this.server.port();
	}

	private List<LoggedRequest> requests() {
		return this.server.findAll(WireMock.postRequestedFor(WireMock.anyUrl()));
	}

	@Configuration(proxyBeanMethods = false)
	static class Clients {

		private final List<String> seen = new CopyOnWriteArrayList<>();

		private ExchangeFilterFunction recording(String name) {
			return (request, next) -> {
				this.seen.add(name);
				return next.exchange(ClientRequest.from(request).header("X-Application", name).build());
			};
		}

		@Bean
		WebClientCustomizer customizer() {
			return (builder) -> builder.filter(recording("filter"));
		}

		@Bean
		ExchangeFilterFunction filter() {
			return recording("bean");
		}

		@Bean
		WebClient.Builder plainBuilder(WebClientCustomizer customizer, ObservationRegistry registry) {
			WebClient.Builder builder = WebClient.builder().observationRegistry(registry);
			customizer.customize(builder);
			return builder;
		}

		@Bean
		@Primary
		WebClient.Builder loadBalancedBuilder() {
			return WebClient.builder().baseUrl("http://a-service").filter(recording("load balancer"));
		}

		@Bean
		ObservationHandler<Observation.Context> observationHandler() {
			return new ObservationHandler<>() {

				@Override
				public void onStart(Observation.Context context) {
					Clients.this.seen.add(context.getName());
				}

				@Override
				public boolean supportsContext(Observation.Context context) {
					return true;
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Customizers {

		@Bean
		@Order(2)
		@Lazy
		LlmTrackWebClientCustomizer second() {
			return (builder) -> builder.defaultHeaders((headers) -> headers.add("X-Gateway", "second"));
		}

		@Bean
		@Order(1)
		LlmTrackWebClientCustomizer first() {
			return (builder) -> builder.defaultHeaders((headers) -> headers.add("X-Gateway", "first"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class BrokenCustomizer {

		@Bean
		@Lazy
		LlmTrackWebClientCustomizer broken() {
			throw new IllegalStateException("secret of the application");
		}

	}

	static class FailingCustomizer implements LlmTrackWebClientCustomizer {

		@Override
		public void customize(WebClient.Builder builder) {
			throw new IllegalStateException("secret of the application");
		}

	}

}
