// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the beans of an application are created and destroyed in the same order as
 * without LLMtrack, also those that post-processors need.
 */
class BeanOrderTests {

	private static final List<String> log = new ArrayList<>();

	private final ApplicationContextRunner without = new ApplicationContextRunner()
		.withUserConfiguration(Application.class);

	private final ApplicationContextRunner with = this.without
		.withConfiguration(
				AutoConfigurations.of(LlmTrackAutoConfiguration.class, LlmTrackInstrumentationAutoConfiguration.class))
		.withPropertyValues("llmtrack.api-key=llmtrack-key");

	@Test
	void orderOfBeansIsTheSame() {
		List<String> expected = orderIn(this.without);
		assertThat(expected).startsWith("create modelForFactory").contains("create product", "destroy last");
		assertThat(orderIn(this.with)).isEqualTo(expected);
		assertThat(orderIn(this.with.withPropertyValues("llmtrack.enabled=false"))).isEqualTo(expected);
		assertThat(orderIn(this.with.withPropertyValues("llmtrack.budgets.a.requests=0"))).isEqualTo(expected);
	}

	private static List<String> orderIn(ApplicationContextRunner runner) {
		log.clear();
		runner.run((context) -> assertThat(context).hasNotFailed());
		return List.copyOf(log);
	}

	@Configuration(proxyBeanMethods = false)
	@Import(Factory.class)
	static class Application {

		@Bean
		Part first() {
			return new Part("first");
		}

		@Bean
		static FactoryProcessor factoryProcessor(@SuppressWarnings("unused") Model modelForFactory) {
			return new FactoryProcessor();
		}

		@Bean
		static Model modelForFactory() {
			return new Model("modelForFactory");
		}

		@Bean
		static Processor processor(ChatModel modelForProcessor) {
			return new Processor(modelForProcessor);
		}

		@Bean
		static ChatModel modelForProcessor() {
			return new Model("modelForProcessor");
		}

		@Bean
		Part user(ObjectProvider<ChatModel> models) {
			assertThat(models.stream()).hasSize(3);
			return new Part("user");
		}

		@Bean
		ChatModel model() {
			return new Model("model");
		}

		@Bean
		Part last(@SuppressWarnings("unused") List<ChatModel> models) {
			return new Part("last");
		}

	}

	static class Part implements DisposableBean {

		private final String name;

		Part(String name) {
			this.name = name;
			log.add("create " + name);
		}

		@Override
		public void destroy() {
			log.add("destroy " + this.name);
		}

	}

	static class Model extends Part implements ChatModel {

		Model(String name) {
			super(name);
		}

		@Override
		public ChatResponse call(Prompt prompt) {
			return new ChatResponse(List.of(new Generation(new AssistantMessage("Hello"))));
		}

	}

	/**
	 * Created by whoever asks for the type of its product.
	 */
	@SuppressWarnings("rawtypes")
	static class Factory implements FactoryBean, DisposableBean {

		Factory() {
			log.add("create product");
		}

		@Override
		public Object getObject() {
			return "product";
		}

		@Override
		public Class<?> getObjectType() {
			return String.class;
		}

		@Override
		public void destroy() {
			log.add("destroy product");
		}

	}

	static class FactoryProcessor implements BeanFactoryPostProcessor {

		@Override
		public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		}

	}

	record Processor(ChatModel model) implements BeanPostProcessor, Ordered {

		@Override
		public int getOrder() {
			return 0;
		}

		@Override
		public Object postProcessAfterInitialization(Object bean, String beanName) {
			if ("last".equals(beanName)) {
				log.add("process " + beanName + ": " + this.model.call("Hi"));
			}
			return bean;
		}

	}

}
