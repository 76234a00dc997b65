// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.time.Duration;
import java.util.concurrent.FutureTask;

import com.llmtrack.spring.LlmUsageRecorder;
import com.llmtrack.spring.ModelInstrumentation;
import com.llmtrack.spring.delivery.DeliveryState;
import com.llmtrack.spring.delivery.EventDispatcher;
import com.llmtrack.spring.delivery.http.AuthScheme;
import com.llmtrack.spring.instrumentation.feature.FeaturePostProcessor;
import com.llmtrack.spring.instrumentation.model.ModelPostProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.ai.chat.client.advisor.api.Advisor;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for the auto-configurations.
 */
@ExtendWith(OutputCaptureExtension.class)
class LlmTrackAutoConfigurationTests {

	private static final String SECRET = "secret-llmtrack-key";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(LlmTrackAutoConfiguration.class, LlmTrackInstrumentationAutoConfiguration.class))
		.withUserConfiguration(Model.class);

	private final ApplicationContextRunner withKey = this.runner.withPropertyValues("llmtrack.api-key=" + SECRET);

	@Test
	void tracksWhenThereIsAKey(CapturedOutput output) {
		this.withKey.run((context) -> {
			assertThat(context).hasSingleBean(EventDispatcher.class)
				.hasSingleBean(FeaturePostProcessor.class)
				.hasSingleBean(ModelPostProcessor.class);
			assertThat(AopUtils.isAopProxy(context.getBean(ChatModel.class))).isTrue();
			assertThat(context.getBean(EventDispatcher.class).isRunning()).isTrue();
		});
		assertThat(output).doesNotContain("WARN", "ERROR", "not eligible for getting processed", SECRET);
	}

	@Test
	void doesNothingWhenDisabled(CapturedOutput output) {
		this.withKey.withPropertyValues("llmtrack.enabled=false").run(this::assertUntracked);
		assertThat(output).doesNotContain("LLMtrack is off");
	}

	@Test
	void isOffWithoutAKeyAndSaysHowToSwitchItOn(CapturedOutput output) {
		this.runner.run(this::assertUntracked);
		assertThat(output).containsOnlyOnce("LLMtrack is off")
			.contains("INFO", "llmtrack.api-key", "LLMTRACK_API_KEY", "llmtrack.enabled=false")
			.doesNotContain("WARN", "ERROR");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "   ", "${NO_SUCH_VARIABLE_IS_SET}" })
	void isOffWithABlankOrUnresolvedKey(String key, CapturedOutput output) {
		this.runner.withPropertyValues("llmtrack.api-key=" + key).run(this::assertUntracked);
		assertThat(output).containsOnlyOnce("LLMtrack is off");
	}

	@ParameterizedTest
	@ValueSource(strings = { "sk-abc", "sk-ant-abc", "sk-proj-abc", "AIzaabc", "gsk_abc", "xai-abc", " sk-abc" })
	void isOffWithAKeyOfAModelProvider(String key, CapturedOutput output) {
		this.runner.withPropertyValues("llmtrack.api-key=" + key).run(this::assertUntracked);
		assertThat(output).containsOnlyOnce("LLMtrack is off")
			.containsOnlyOnce("ERROR")
			.contains("key of a model provider")
			.doesNotContain(key.strip());
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.ai.mistralai.api-key=" + SECRET, "spring.ai.mistralai.api-key= " + SECRET,
			"spring.ai.azure.openai.api-key=${llmtrack.api-key}", "spring.ai.custom.headers.authorization=" + SECRET })
	void isOffWithAKeyThatTheModelsUseToo(String property, CapturedOutput output) {
		this.withKey.withPropertyValues(property).run(this::assertUntracked);
		assertThat(output).containsOnlyOnce("LLMtrack is off")
			.containsOnlyOnce("ERROR")
			.contains("key of a model provider")
			.doesNotContain(SECRET);
	}

	@Test
	void standInForAKeyMayBeThatOfTheModelsToo() {
		this.runner.withPropertyValues("llmtrack.api-key=test", "spring.ai.openai.api-key=test")
			.run((context) -> assertThat(context).hasSingleBean(EventDispatcher.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "ANTHROPIC_API_KEY", "AZURE_OPENAI_KEY" })
	void isOffWithAKeyThatAProvidersClientReadsFromTheEnvironment(String variable, CapturedOutput output) {
		this.withKey.withPropertyValues(variable + "=" + SECRET).run(this::assertUntracked);
		assertThat(output).containsOnlyOnce("key of a model provider").doesNotContain(SECRET);
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.ai.mistralai.api-key=another", "spring.ai.mistralai.api-key=",
			"spring.ai.mistralai.api-key=${NO_SUCH_VARIABLE_IS_SET}", "spring.ai=nonsense" })
	void otherKeysOfModelsDoNotMatter(String property) {
		this.withKey.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(EventDispatcher.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "two words", "l\u00efne" })
	void isOffWithAKeyThatNoHeaderCanCarry(String key, CapturedOutput output) {
		this.runner.withPropertyValues("llmtrack.api-key=" + key).run(this::assertUntracked);
		assertThat(output).containsOnlyOnce("LLMtrack is off").containsOnlyOnce("ERROR").doesNotContain(key);
	}

	@Test
	void saysSoWhenTheWebClientIsMissing(CapturedOutput output) {
		this.withKey.withClassLoader(new FilteredClassLoader(WebClient.class)).run(this::assertUntracked);
		assertThat(output).containsOnlyOnce("LLMtrack is off")
			.contains("WARN", "spring-webflux is missing from the class path. "
					+ "Add org.springframework:spring-webflux, which llmtrack-spring-boot-starter brings unless it is "
					+ "excluded.");
	}

	@Test
	void saysSoWhenJacksonIsMissing(CapturedOutput output) {
		this.withKey.withClassLoader(new FilteredClassLoader(JsonMapper.class)).run(this::assertUntracked);
		assertThat(output).containsOnlyOnce("LLMtrack is off")
			.contains("WARN", "Jackson 3 is missing from the class path. "
					+ "Add tools.jackson.core:jackson-databind, which Spring AI brings unless it is excluded.");
	}

	@Test
	void saysSoWhenBothAreMissing(CapturedOutput output) {
		this.withKey.withClassLoader(new FilteredClassLoader(WebClient.class, JsonMapper.class))
			.run(this::assertUntracked);
		assertThat(output).containsOnlyOnce("spring-webflux and Jackson 3 are missing from the class path. ");
	}

	@Test
	void backsOffWithoutSpringAi() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(LlmTrackAutoConfiguration.class,
					LlmTrackInstrumentationAutoConfiguration.class))
			.withPropertyValues("llmtrack.api-key=" + SECRET)
			.withClassLoader(new FilteredClassLoader("org.springframework.ai"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("llmtrackPostProcessor"));
	}

	@Test
	void worksOnTheJdkClientWithoutReactorNetty() {
		this.withKey.withClassLoader(new FilteredClassLoader("reactor.netty"))
			.run((context) -> assertThat(context).hasSingleBean(EventDispatcher.class));
	}

	@Test
	void advisorIsForTheChatClientOnly() {
		this.withKey.run((context) -> assertThat(context).hasBean("llmtrackChatClientBuilderCustomizer")
			.doesNotHaveBean(Advisor.class));
		this.withKey.withClassLoader(new FilteredClassLoader("org.springframework.ai.chat.client"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(FeaturePostProcessor.class)
				.doesNotHaveBean("llmtrackChatClientBuilderCustomizer"));
	}

	@ParameterizedTest
	@ValueSource(strings = { SECRET, "" })
	void dispatcherOfTheApplicationWins(String key) {
		this.runner.withPropertyValues("llmtrack.api-key=" + key)
			.withBean("own", EventDispatcher.class, AcceptingTransport::dispatcher)
			.run((context) -> {
				assertThat(context).hasSingleBean(EventDispatcher.class).hasBean("own");
				assertThat(AopUtils.isAopProxy(context.getBean(ChatModel.class))).isTrue();
			});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void usageRecorderIsAlwaysThereUnlessTheApplicationHasOne(boolean enabled) {
		ApplicationContextRunner runner = this.withKey.withPropertyValues("llmtrack.enabled=" + enabled);
		runner.run((context) -> {
			assertThat(context).hasSingleBean(LlmUsageRecorder.class).hasBean("llmtrackUsageRecorder");
			context.getBean(LlmUsageRecorder.class).begin("openai", "gpt-4o-mini").record();
		});
		runner.withBean("own", LlmUsageRecorder.class, () -> mock())
			.run((context) -> assertThat(context.getBean(LlmUsageRecorder.class)).isSameAs(context.getBean("own")));
	}

	@Test
	void requestsByHandOfAnApplicationThatIsOffAreNotSaidToBeLost(CapturedOutput output) {
		this.withKey.withPropertyValues("llmtrack.enabled=false")
			.withBean("failing", FailingRecorderUser.class)
			.run((context) -> assertThat(context).hasFailed());
		assertThat(output).doesNotContain("are not recorded");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void instrumentationOfTheApplicationWins(boolean enabled) {
		this.withKey.withPropertyValues("llmtrack.enabled=" + enabled)
			.withBean("own", ModelInstrumentation.class, () -> mock())
			.withBean("user", InstrumentationUser.class)
			.run((context) -> {
				Object own = context.getBean("own");
				assertThat(context.getBean(ModelInstrumentation.class)).isSameAs(own);
				assertThat(context.getBean(InstrumentationUser.class).instrumentation).isSameAs(own);
				assertThat(AopUtils.isAopProxy(context.getBean(ChatModel.class))).isEqualTo(enabled);
			});
	}

	@Test
	void propertiesAreBound() {
		this.withKey
			.withPropertyValues("llmtrack.base-url=https://llmtrack.example.com/eu", "llmtrack.auth-scheme=x-api-key",
					"llmtrack.environment=staging", "llmtrack.default-feature=other",
					"llmtrack.event.extended-fields=false", "llmtrack.delivery.queue-capacity=7",
					"llmtrack.delivery.max-in-flight=3", "llmtrack.delivery.connect-timeout=1s",
					"llmtrack.delivery.request-timeout=2s", "llmtrack.delivery.shutdown-timeout=0s")
			.run((context) -> assertThat(context.getBean(LlmTrackProperties.class)).satisfies((properties) -> {
				assertThat(properties.enabled()).isTrue();
				assertThat(properties.apiKey()).isEqualTo(SECRET);
				assertThat(properties.baseUrl()).hasToString("https://llmtrack.example.com/eu");
				assertThat(properties.authScheme()).isEqualTo(AuthScheme.X_API_KEY);
				assertThat(properties.environment()).isEqualTo("staging");
				assertThat(properties.defaultFeature()).isEqualTo("other");
				assertThat(properties.event().extendedFields()).isFalse();
				assertThat(properties.delivery().queueCapacity()).isEqualTo(7);
				assertThat(properties.delivery().maxInFlight()).isEqualTo(3);
				assertThat(properties.delivery().connectTimeout()).isEqualTo(Duration.ofSeconds(1));
				assertThat(properties.delivery().requestTimeout()).isEqualTo(Duration.ofSeconds(2));
				assertThat(properties.delivery().shutdownTimeout()).isEqualTo(Duration.ZERO);
				assertThat(properties.toString()).doesNotContain(SECRET);
			}));
	}

	@ParameterizedTest
	@CsvSource({ "http://llmtrack.example.com, true", "http://127.evil.example.com, true",
			"https://llmtrack.example.com, false", "http://localhost:8080, false", "http://127.0.0.1:8080, false",
			"http://[::1]:8080, false" })
	void plainHttpIsWarnedOfUnlessItStaysOnTheMachine(String url, boolean warned, CapturedOutput output) {
		this.withKey.withPropertyValues("llmtrack.base-url=" + url)
			.run((context) -> assertThat(context).hasSingleBean(EventDispatcher.class));
		assertThat(output.toString().contains("plain http")).isEqualTo(warned);
	}

	@Test
	void worksWithLazyInitialization(CapturedOutput output) {
		this.withKey.withInitializer(LlmTrackAutoConfigurationTests::initializeLazily)
			.withPropertyValues("llmtrack.base-url=http://llmtrack.example.com")
			.run((context) -> assertThat(context.getBean(EventDispatcher.class).isRunning()).isTrue());
		assertThat(output).containsOnlyOnce("plain http");
	}

	@Test
	void startsNoThread() throws Exception {
		// Threads that other tests start meanwhile are in other groups
		ThreadGroup group = new ThreadGroup("start");
		FutureTask<Void> start = new FutureTask<>(
				() -> this.withKey.run((context) -> assertThat(group.activeCount()).as("threads").isOne()), null);
		new Thread(group, start).start();
		start.get();
	}

	private static void initializeLazily(ConfigurableApplicationContext context) {
		context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor());
	}

	private void assertUntracked(AssertableApplicationContext context) {
		assertThat(context).hasNotFailed()
			.getBean(EventDispatcher.class)
			.extracting(EventDispatcher::getState)
			.isEqualTo(DeliveryState.OFF);
		assertThat(AopUtils.isAopProxy(context.getBean(ChatModel.class))).isFalse();
	}

	@Configuration(proxyBeanMethods = false)
	static class Model {

		@Bean
		ChatModel chatModel() {
			return (prompt) -> {
				throw new UnsupportedOperationException();
			};
		}

	}

	static class FailingRecorderUser {

		FailingRecorderUser(LlmUsageRecorder usageRecorder) {
			usageRecorder.begin("openai", "gpt-4o-mini").record();
			throw new IllegalStateException("failed");
		}

	}

	static final class InstrumentationUser {

		private final ModelInstrumentation instrumentation;

		InstrumentationUser(ModelInstrumentation instrumentation) {
			this.instrumentation = instrumentation;
		}

	}

}
