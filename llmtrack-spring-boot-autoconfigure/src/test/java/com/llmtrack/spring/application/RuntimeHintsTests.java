// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.application;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;

import com.anthropic.models.messages.MessageDeltaUsage;
import com.anthropic.models.messages.OutputTokensDetails;
import com.google.genai.Client;
import com.llmtrack.spring.LlmFeature;
import com.llmtrack.spring.actuate.LlmTrackEndpoint;
import com.llmtrack.spring.testsupport.AheadOfTime;
import com.llmtrack.spring.testsupport.WorldApplication;
import com.openai.client.OpenAIClientImpl;
import com.openai.core.ClientOptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.MockingDetails;
import org.mockito.Mockito;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.StreamingChatModel;
import org.springframework.ai.deepseek.api.DeepSeekApi;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.google.genai.GoogleGenAiChatModel;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.aot.AotServices;
import org.springframework.core.ResolvableType;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.server.EntityResponse;
import org.springframework.web.reactive.function.server.RenderingResponse;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that native images are told of everything that the starter does by reflection, by
 * proxies of interfaces and with resources: by hints of its own, or by those that Spring
 * Boot gives for what it knows. {@code ModelsAheadOfTimeTests} and
 * {@code FeaturesAheadOfTimeTests} test what depends on the beans of an application.
 */
class RuntimeHintsTests {

	private static final RuntimeHints hints = new RuntimeHints();

	@BeforeAll
	static void register() {
		register(hints, RuntimeHintsTests.class.getClassLoader());
	}

	private static void register(RuntimeHints hints, ClassLoader classLoader) {
		AotServices.factories()
			.load(RuntimeHintsRegistrar.class)
			.stream()
			.filter((registrar) -> registrar.getClass().getName().startsWith("com.llmtrack."))
			.forEach((registrar) -> registrar.registerHints(hints, classLoader));
	}

	@Test
	void versionIsKept() {
		assertThat(RuntimeHintsPredicates.resource().forResource("com/llmtrack/spring/version.properties"))
			.accepts(hints);
	}

	@Test
	void budgetsAreBound() throws Exception {
		assertThat(invocation(Class.forName("com.llmtrack.spring.autoconfigure.BudgetProperties"), "valueOf"))
			.accepts(hints);
		Class<?> settings = Class.forName("com.llmtrack.spring.autoconfigure.BudgetSharing");
		assertThat(RuntimeHintsPredicates.reflection().onConstructorInvocation(canonicalConstructor(settings)))
			.accepts(hints);
	}

	@Test
	void annotationIsRead() {
		assertThat(invocation(LlmFeature.class, "value")).accepts(hints);
	}

	@Test
	void annotationInsideOfAnotherOneIsRead() {
		assertThat(RuntimeHintsPredicates.proxies().forInterfaces(LlmFeature.class)).accepts(hints);
	}

	@Test
	void resultsThatAreCalledLaterAreReplaced() {
		for (Class<?> type : List.of(Callable.class, StreamingResponseBody.class, EntityResponse.class,
				RenderingResponse.class, ServerResponse.class)) {
			assertThat(RuntimeHintsPredicates.proxies().forInterfaces(type)).accepts(hints);
		}
		assertThat(invocation(Callable.class, "call")).accepts(hints);
		assertThat(invocation(StreamingResponseBody.class, "writeTo")).accepts(hints);
		assertThat(invocation(ServerResponse.class, "writeTo")).accepts(hints);
	}

	@Test
	void interfaceDefaultsOfModelsAreRunOnProxies() throws Exception {
		assertThat(invocation(ChatModel.class.getMethod("call", String.class))).accepts(hints);
		assertThat(invocation(ChatModel.class.getMethod("call", Message[].class))).accepts(hints);
		assertThat(invocation(StreamingChatModel.class.getMethod("stream", String.class))).accepts(hints);
		assertThat(invocation(StreamingChatModel.class.getMethod("stream", Message[].class))).accepts(hints);
		assertThat(invocation(EmbeddingModel.class.getMethod("embed", String.class))).accepts(hints);
		assertThat(invocation(EmbeddingModel.class.getMethod("embed", List.class))).accepts(hints);
		assertThat(invocation(EmbeddingModel.class.getMethod("dimensions"))).accepts(hints);
	}

	@Test
	void modelsThatTheApplicationHandsOverAreReplaced() {
		for (Class<?> type : List.of(ChatModel.class, EmbeddingModel.class)) {
			assertThat(RuntimeHintsPredicates.proxies().forInterfaces(AopProxyUtils.completeJdkProxyInterfaces(type)))
				.accepts(hints);
		}
	}

	@Test
	void streamsOfModelsAreReplaced() throws Exception {
		for (Class<?> type : List.of(ChatModel.class, StreamingChatModel.class)) {
			assertThat(RuntimeHintsPredicates.proxies().forInterfaces(type, Stream.class)).accepts(hints);
		}
		assertThat(invocation(Stream.class.getMethod("toList"))).accepts(hints);
		assertThat(invocation(Stream.class.getMethod("iterator"))).accepts(hints);
	}

	@Test
	void eventsAreWrittenAndReadAsJson() throws Exception {
		Class<?> type = Class.forName("com.llmtrack.spring.delivery.http.IngestRequest");
		assertThat(RuntimeHintsPredicates.reflection().onConstructorInvocation(type.getDeclaredConstructors()[0]))
			.accepts(hints);
		assertThat(type.getRecordComponents()).isNotEmpty()
			.allSatisfy((component) -> assertThat(invocation(component.getAccessor())).accepts(hints));
	}

	@Test
	void usageOfDeepSeekIsRead() {
		assertThat(invocation(DeepSeekApi.Usage.class, "promptTokensDetails")).accepts(hints);
		assertThat(invocation(DeepSeekApi.Usage.PromptTokensDetails.class, "cachedTokens")).accepts(hints);
	}

	@Test
	void usageOfAnthropicIsRead() throws Exception {
		for (Class<?> usage : List.of(com.anthropic.models.messages.Usage.class, MessageDeltaUsage.class)) {
			assertThat(invocation(usage.getMethod("inputTokens"))).accepts(hints);
			assertThat(invocation(usage.getMethod("outputTokensDetails"))).accepts(hints);
		}
		assertThat(invocation(OutputTokensDetails.class.getMethod("thinkingTokens"))).accepts(hints);
	}

	@Test
	void endpointsOfModelsAreRead() throws Exception {
		for (Class<?> model : List.of(OpenAiChatModel.class, OpenAiEmbeddingModel.class)) {
			assertThat(RuntimeHintsPredicates.reflection().onFieldAccess(model.getDeclaredField("openAiClient")))
				.accepts(hints);
		}
		assertThat(RuntimeHintsPredicates.reflection()
			.onFieldAccess(GoogleGenAiChatModel.class.getDeclaredField("genAiClient"))).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection()
			.onFieldAccess(OpenAIClientImpl.class.getDeclaredField("clientOptions"))).accepts(hints);
		assertThat(invocation(ClientOptions.class.getMethod("baseUrl"))).accepts(hints);
		assertThat(invocation(Client.class.getMethod("vertexAI"))).accepts(hints);
		assertThat(invocation(AnthropicChatOptions.class.getMethod("getBaseUrl"))).accepts(hints);
	}

	@ParameterizedTest
	@ValueSource(classes = { WebClient.class, JsonMapper.class, JdbcTransactionManager.class })
	void librariesOfDeliveryAreFoundByName(Class<?> type) {
		assertThat(RuntimeHintsPredicates.reflection().onType(type)).accepts(hints);
	}

	@Test
	void reactorNettyAndMockitoAreFoundByName() throws Exception {
		assertThat(RuntimeHintsPredicates.reflection().onType(reactor.netty.http.client.HttpClient.class))
			.accepts(hints);
		assertThat(invocation(Mockito.class.getMethod("mockingDetails", Object.class))).accepts(hints);
		assertThat(invocation(MockingDetails.class.getMethod("isMock"))).accepts(hints);
	}

	@ParameterizedTest
	@ValueSource(classes = { OpenAiChatModel.class, AnthropicChatModel.class, OllamaChatModel.class })
	void registriesOfModelsAreRead(Class<?> type) throws Exception {
		assertThat(RuntimeHintsPredicates.reflection().onFieldAccess(type.getDeclaredField("observationRegistry")))
			.accepts(hints);
	}

	@ParameterizedTest
	@ValueSource(strings = { "postgresql", "mysql", "h2", "standard" })
	void scriptsThatCreateTheTablesOfTheSpoolAreKept(String database) {
		assertThat(RuntimeHintsPredicates.resource()
			.forResource("com/llmtrack/spring/delivery/jdbc/schema-" + database + ".sql")).accepts(hints);
	}

	@Test
	void spoolIsClaimed() {
		assertThat(invocation(CharSequence.class, "length")).accepts(hints);
	}

	@Test
	void nothingIsAskedOfLibrariesThatAreNotThere() {
		RuntimeHints few = new RuntimeHints();
		register(few, ClassLoader.getPlatformClassLoader());
		assertThat(few.reflection().typeHints()).extracting((hint) -> hint.getType().getPackageName())
			.allMatch((name) -> name.startsWith("java.") || name.startsWith("com.llmtrack."));
		assertThat(few.proxies().jdkProxyHints()).hasSize(2);
	}

	/**
	 * Spring Boot knows properties and endpoints.
	 */
	@Test
	void propertiesAreBoundAndEndpointsAnswer() throws Exception {
		RuntimeHints ofApplication = AheadOfTime
			.processed(WorldApplication.class, "llmtrack.api-key=llmtrack-key", "spring.ai.openai.api-key=openai-key",
					"management.endpoints.web.exposure.include=llmtrack", "spring.main.web-application-type=servlet")
			.hints();
		Set<Class<?>> types = new LinkedHashSet<>();
		addRecords(ResolvableType.forClass(Class.forName("com.llmtrack.spring.autoconfigure.LlmTrackProperties")),
				types);
		assertThat(types).hasSizeGreaterThan(8)
			.allSatisfy((type) -> assertThat(
					RuntimeHintsPredicates.reflection().onConstructorInvocation(canonicalConstructor(type)))
				.accepts(ofApplication));
		types.clear();
		addRecords(ResolvableType.forClass(LlmTrackEndpoint.Report.class), types);
		addRecords(ResolvableType.forClass(LlmTrackEndpoint.TestResult.class), types);
		assertThat(types).hasSizeGreaterThan(5)
			.allSatisfy((type) -> assertThat(type.getRecordComponents())
				.allSatisfy((component) -> assertThat(invocation(component.getAccessor())).accepts(ofApplication)));
	}

	/**
	 * Add a record and those that it consists of.
	 */
	private static void addRecords(ResolvableType type, Set<Class<?>> types) {
		Class<?> resolved = type.resolve(Object.class);
		if (resolved.isRecord() && types.add(resolved)) {
			for (RecordComponent component : resolved.getRecordComponents()) {
				addRecords(ResolvableType.forMethodReturnType(component.getAccessor()), types);
			}
		}
		Stream.of(type.getGenerics()).forEach((generic) -> addRecords(generic, types));
	}

	private static Constructor<?> canonicalConstructor(Class<?> type) {
		return Stream.of(type.getDeclaredConstructors())
			.filter((constructor) -> constructor.getParameterCount() == type.getRecordComponents().length)
			.findFirst()
			.orElseThrow();
	}

	private static Predicate<RuntimeHints> invocation(Class<?> type, String method) {
		return invocation(ReflectionUtils.findMethod(type, method, (Class<?>[]) null));
	}

	private static Predicate<RuntimeHints> invocation(Method method) {
		return RuntimeHintsPredicates.reflection().onMethodInvocation(method);
	}

}
