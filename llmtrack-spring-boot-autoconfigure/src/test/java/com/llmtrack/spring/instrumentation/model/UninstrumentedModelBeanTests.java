// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.instrumentation.call.InstrumentationSettings;
import com.llmtrack.spring.instrumentation.model.UninstrumentedModelTests.OwnImageModel;
import com.llmtrack.spring.instrumentation.model.UninstrumentedModelTests.UserOfMany;
import com.llmtrack.spring.testsupport.SmallApplications;
import com.llmtrack.spring.testsupport.StubServers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.Mockito;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.image.ImageModel;
import org.springframework.ai.model.Model;
import org.springframework.ai.model.StreamingModel;
import org.springframework.ai.model.openai.autoconfigure.OpenAiEmbeddingAutoConfiguration;
import org.springframework.ai.model.openai.autoconfigure.OpenAiImageAutoConfiguration;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanDefinitionHolder;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what is said of models that give no events, however their beans are declared.
 */
@ExtendWith(OutputCaptureExtension.class)
class UninstrumentedModelBeanTests {

	@RegisterExtension
	private static final StubServers servers = new StubServers();

	private final List<LlmUsageEvent> events = new CopyOnWriteArrayList<>();

	private final ApplicationContextRunner small = SmallApplications.recording(this.events);

	@Test
	void lazyModelsAreNamedAndNotCreated(CapturedOutput output) {
		UninstrumentedModelTests.run(
				SmallApplications.recording(this.events, servers)
					.withConfiguration(AutoConfigurations.of(OpenAiEmbeddingAutoConfiguration.class,
							OpenAiImageAutoConfiguration.class))
					.withUserConfiguration(LazyModels.class)
					.withInitializer((context) -> context
						.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor())),
				(beanFactory) -> {
					assertThat(UninstrumentedModelTests.models(beanFactory)).extracting(InstrumentedModel::bean)
						.contains("lazyImageModel", "openAiImageModel", "openAiEmbeddingModel", "factoryImageModel");
					assertThat(Stream.of("lazyImageModel", "openAiImageModel", "openAiEmbeddingModel",
							"factoryImageModel"))
						.noneMatch(beanFactory::containsSingleton);
				});
		assertThat(output).contains("No instrumentation for 'factoryImageModel', 'lazyImageModel', 'openAiImageModel'");
	}

	@Test
	void factoryIsNotCreatedToKnowItsProduct() {
		DefaultListableBeanFactory beanFactory = new DefaultListableBeanFactory();
		beanFactory.registerBeanDefinition("factory", new RootBeanDefinition(RawFactory.class));
		UninstrumentedModels models = new UninstrumentedModels(beanFactory);
		InstrumentationSettings settings = new InstrumentationSettings();
		assertThat(models.find(settings)).isEmpty();
		assertThat(RawFactory.created).hasValue(0);
		beanFactory.preInstantiateSingletons();
		assertThat(models.find(settings)).extracting(InstrumentedModel::bean).containsExactly("factory");
	}

	@Test
	void modelInAScopeIsListedOnceByItsClass() {
		UninstrumentedModelTests.run(
				this.small
					.withInitializer((context) -> registerScoped((BeanDefinitionRegistry) context.getBeanFactory())),
				(beanFactory) -> assertThat(UninstrumentedModelTests.models(beanFactory))
					.containsExactly(new InstrumentedModel("scoped", OwnImageModel.class.getName(), false,
							UninstrumentedModelTests.UNSUPPORTED)));
	}

	private static void registerScoped(BeanDefinitionRegistry registry) {
		BeanDefinition definition = BeanDefinitionBuilder.genericBeanDefinition(OwnImageModel.class)
			.setScope(BeanDefinition.SCOPE_PROTOTYPE)
			.getBeanDefinition();
		BeanDefinitionHolder proxy = ScopedProxyUtils.createScopedProxy(new BeanDefinitionHolder(definition, "scoped"),
				registry, false);
		registry.registerBeanDefinition(proxy.getBeanName(), proxy.getBeanDefinition());
	}

	@Test
	void proxyIsListedByTheClassBehindIt() {
		UninstrumentedModelTests.run(
				this.small.withBean("proxied", ImageModel.class,
						() -> (ImageModel) new ProxyFactory(new OwnImageModel()).getProxy()),
				(beanFactory) -> assertThat(UninstrumentedModelTests.models(beanFactory))
					.extracting(InstrumentedModel::type)
					.containsExactly(OwnImageModel.class.getName()));
	}

	@Test
	void beanThatCannotBeDescribedIsLeftOutAndFailsNothing(CapturedOutput output) {
		UninstrumentedModelTests.run(
				this.small.withBean("image", ImageModel.class, OwnImageModel::new)
					.withBean("failing", ImageModel.class, UninstrumentedModelBeanTests::failingModel)
					.withUserConfiguration(UserOfMany.class),
				(beanFactory) -> assertThat(UninstrumentedModelTests.models(beanFactory))
					.extracting(InstrumentedModel::bean)
					.containsExactly("image"));
		assertThat(output).contains("No instrumentation for 'image'" + UninstrumentedModelTests.LINE);
	}

	private static ImageModel failingModel() {
		return (ImageModel) Proxy.newProxyInstance(ImageModel.class.getClassLoader(),
				new Class<?>[] { ImageModel.class, Advised.class },
				(proxy, method, arguments) -> switch (method.getName()) {
					case "toString" -> "failing";
					case "hashCode" -> 1;
					case "equals" -> proxy == arguments[0];
					case "getTargetClass" -> ImageModel.class;
					default -> throw new IllegalStateException(method.getName());
				});
	}

	@Test
	void mocksAreNotListed() {
		UninstrumentedModelTests.run(
				this.small.withBean("image", ImageModel.class, () -> Mockito.mock(ImageModel.class))
					.withBean("embedding", EmbeddingModel.class, () -> Mockito.mock(EmbeddingModel.class)),
				(beanFactory) -> assertThat(UninstrumentedModelTests.models(beanFactory)).isEmpty());
	}

	@Test
	void nullIsNoModel(CapturedOutput output) {
		UninstrumentedModelTests.run(this.small.withUserConfiguration(NoModels.class),
				(beanFactory) -> assertThat(UninstrumentedModelTests.models(beanFactory)).isEmpty());
		assertThat(output).doesNotContain("No instrumentation for");
	}

	@Test
	void nothingIsSaidOfModelsOfWhichNoKindIsKnown(CapturedOutput output) {
		UninstrumentedModelTests.run(this.small.withUserConfiguration(ModelsOfAnyKind.class), (beanFactory) -> {
			assertThat(UninstrumentedModelTests.models(beanFactory)).isEmpty();
			beanFactory.getBean("image");
			assertThat(UninstrumentedModelTests.models(beanFactory)).extracting(InstrumentedModel::bean)
				.containsExactly("image");
		});
		assertThat(output).doesNotContain("No instrumentation for");
	}

	@Configuration(proxyBeanMethods = false)
	static class LazyModels {

		@Bean
		@Lazy
		ImageModel lazyImageModel() {
			throw new IllegalStateException("Nobody asked for this bean");
		}

		@Bean
		@Lazy
		ImageModelFactory factoryImageModel() {
			throw new IllegalStateException("Nobody asked for this bean");
		}

	}

	/**
	 * Created by whoever asks for the type of its product.
	 */
	@SuppressWarnings("rawtypes")
	static class RawFactory implements FactoryBean {

		static final AtomicInteger created = new AtomicInteger();

		RawFactory() {
			created.incrementAndGet();
		}

		@Override
		public Object getObject() {
			return new OwnImageModel();
		}

		@Override
		public Class<?> getObjectType() {
			return ImageModel.class;
		}

	}

	abstract static class ImageModelFactory implements FactoryBean<ImageModel> {

	}

	@Configuration(proxyBeanMethods = false)
	static class NoModels {

		@Bean
		@Nullable ChatModel chat() {
			return null;
		}

		@Bean
		@Nullable ImageModel image() {
			return null;
		}

		@Bean
		List<@Nullable Object> user(@Nullable ChatModel chat, @Nullable ImageModel image) {
			return Arrays.asList(chat, image);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ModelsOfAnyKind {

		@Bean
		@Lazy
		Model<?, ?> image() {
			return new OwnImageModel();
		}

		@Bean
		@Scope(BeanDefinition.SCOPE_PROTOTYPE)
		Model<Prompt, ChatResponse> chat() {
			throw new IllegalStateException("Nobody asked for this bean");
		}

		@Bean
		@Lazy
		StreamingModel<Prompt, ChatResponse> stream() {
			throw new IllegalStateException("Nobody asked for this bean");
		}

	}

}
