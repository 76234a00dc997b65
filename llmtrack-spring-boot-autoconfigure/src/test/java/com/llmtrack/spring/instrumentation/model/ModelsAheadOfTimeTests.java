// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.autoconfigure.LlmTrackAutoConfiguration;
import com.llmtrack.spring.autoconfigure.LlmTrackInstrumentationAutoConfiguration;
import com.llmtrack.spring.instrumentation.call.TestBeans;
import com.llmtrack.spring.testsupport.AheadOfTime;
import com.llmtrack.spring.testsupport.SmallApplications;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.Mockito;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.StreamingChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.OllamaEmbeddingModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.aop.SpringProxy;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.aot.generate.GeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what {@link ModelPostProcessor} does when an application is built.
 */
@ExtendWith(OutputCaptureExtension.class)
class ModelsAheadOfTimeTests {

	private final ModelPostProcessor postProcessor = new ModelPostProcessor(
			new DefaultModelInstrumentation(TestBeans.supplying(ModelsAheadOfTimeTests::undecided,
					ModelsAheadOfTimeTests::undecided, ModelsAheadOfTimeTests::undecided, List.of())));

	private static <T> T undecided() {
		throw new AssertionError("Not before the application runs");
	}

	private Class<?> typeOf(Class<?> declared) {
		return this.postProcessor.determineBeanType(declared, "bean");
	}

	@Test
	void classProxyIsTheOneOfTheRun() {
		for (Class<?> type : List.of(TestModels.OpenModel.class, OllamaChatModel.class, OllamaEmbeddingModel.class)) {
			assertThat(typeOf(type).getSuperclass()).isEqualTo(type);
			assertThat(SpringProxy.class).isAssignableFrom(typeOf(type));
			assertThat(typeOf(type)).isSameAs(typeOf(type));
		}
	}

	@Test
	void beanThatGetsNoClassProxyKeepsItsType() {
		for (Class<?> type : List.of(TestModels.FinalModel.class, TestModels.ModelWithFinalMethod.class,
				OpenAiChatModel.class, ModelWithFields.class, AbstractModel.class, ChatModel.class,
				StreamingChatModel.class, String.class, ChatModel[].class, int.class)) {
			assertThat(typeOf(type)).isSameAs(type);
		}
		ChatModel lambda = (prompt) -> TestModels.response("lambda", 1, 2);
		assertThat(typeOf(lambda.getClass())).isSameAs(lambda.getClass());
	}

	@Test
	void proxyOfSomebodyElseIsKept() {
		ProxyFactory factory = new ProxyFactory(new TestModels.OpenModel());
		assertThat(typeOf(factory.getProxy().getClass())).isSameAs(factory.getProxy().getClass());
		factory.setProxyTargetClass(true);
		assertThat(AopUtils.isCglibProxy(factory.getProxy())).isTrue();
		assertThat(typeOf(factory.getProxy().getClass())).isSameAs(factory.getProxy().getClass());
	}

	@Test
	void classThatCannotBeProxiedFailsNoBuild(CapturedOutput output) {
		assertThat(typeOf(ModelWithoutConstructor.class)).isSameAs(ModelWithoutConstructor.class);
		assertThat(output).containsOnlyOnce("Bean 'bean' has no proxy that was made ahead of time");
	}

	@Test
	void buildGeneratesProxiesAndTheRunUsesThem() {
		AheadOfTime application = AheadOfTime.processed(Application.class, "llmtrack.api-key=llmtrack-key");
		assertThat(application.files().getGeneratedFiles(GeneratedFiles.Kind.CLASS).keySet())
			.contains(BuiltModel.class.getName().replace('.', '/') + "$$SpringCGLIB$$0.class");
		RuntimeHints hints = application.hints();
		assertThat(proxyOf(Serializable.class, ChatModel.class)).accepts(hints);
		assertThat(proxyOf(ChatModel.class, Comparable.class)).accepts(hints);
		assertThat(proxyOf(ApplicationModel.class)).accepts(hints);
		try (ConfigurableApplicationContext context = application.run("llmtrack.api-key=llmtrack-key")) {
			ChatModel model = context.getBean("builtModel", ChatModel.class);
			assertThat(model.getClass().getName()).startsWith(BuiltModel.class.getName() + "$$SpringCGLIB$$");
			model.call(new Prompt("Hi"));
			assertThat(context.getBean(RecordingSink.class).event().model()).isEqualTo("open-model");
			Object mock = context.getBean("mockedModel");
			assertThat(Mockito.mockingDetails(mock).isMock()).isTrue();
			assertThat(AopUtils.isAopProxy(mock)).isFalse();
		}
	}

	/**
	 * As in a native image, if the declared type of the bean did not tell its class.
	 */
	@Test
	void modelWhoseClassProxyCannotBeGeneratedIsReplacedWhereItIsInjected(CapturedOutput output) {
		List<LlmUsageEvent> events = new ArrayList<>();
		SmallApplications.recording(events).withUserConfiguration(WithoutConstructor.class).run((context) -> {
			assertThat(AopUtils.isAopProxy(context.getBean(ModelWithoutConstructor.class))).isFalse();
			context.getBean(Consumer.class).model().call(new Prompt("Hi"));
		});
		assertThat(events).extracting(LlmUsageEvent::model).containsExactly("open-model");
		assertThat(output).doesNotContain("WARN");
	}

	private static Predicate<RuntimeHints> proxyOf(Class<?>... interfaces) {
		return RuntimeHintsPredicates.proxies().forInterfaces(AopProxyUtils.completeJdkProxyInterfaces(interfaces));
	}

	interface ApplicationModel extends ChatModel {

	}

	static class BuiltModel extends TestModels.OpenModel implements Serializable {

		private static final long serialVersionUID = 1;

	}

	static class ModelWithFields extends TestModels.OpenModel {

		int calls;

	}

	abstract static class AbstractModel extends TestModels.OpenModel {

	}

	/**
	 * A class that seems to be open but which a proxy cannot extend.
	 */
	static class ModelWithoutConstructor extends TestModels.OpenModel {

		private ModelWithoutConstructor() {
		}

		private static final class Extended extends ModelWithoutConstructor {

		}

	}

	static final class FinalModel implements ChatModel, Comparable<FinalModel> {

		@Override
		public ChatResponse call(Prompt prompt) {
			return TestModels.response("final", 1, 2);
		}

		@Override
		public int compareTo(FinalModel other) {
			return 0;
		}

	}

	record Consumer(ChatModel model) {

	}

	@Configuration(proxyBeanMethods = false)
	static class WithoutConstructor {

		@Bean
		ModelWithoutConstructor model() {
			return new ModelWithoutConstructor();
		}

		@Bean
		Consumer consumer(ChatModel model) {
			return new Consumer(model);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ LlmTrackAutoConfiguration.class, LlmTrackInstrumentationAutoConfiguration.class })
	static class Application {

		@Bean
		RecordingSink sink() {
			return new RecordingSink();
		}

		@Bean
		BuiltModel builtModel() {
			return new BuiltModel();
		}

		@Bean
		TestModels.OpenModel mockedModel() {
			return Mockito.mock(TestModels.OpenModel.class);
		}

		@Bean
		FinalModel finalModel() {
			return new FinalModel();
		}

		@Bean
		ApplicationModel lambdaModel() {
			return (prompt) -> TestModels.response("lambda", 1, 2);
		}

	}

}
