// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.BeanUtils;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.AutowiredAnnotationBeanPostProcessor;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.util.ReflectionTestUtils;

/**
 * The ways to obtain the same model from an application, by name.
 */
final class InjectionWays {

	private final Map<String, Callable<Object>> ways = new LinkedHashMap<>();

	private final ConfigurableApplicationContext context;

	private final Class<? extends ChatModel> type;

	InjectionWays(ConfigurableApplicationContext context, Class<? extends ChatModel> type) {
		this.context = context;
		this.type = type;
	}

	/**
	 * Add every field of a bean.
	 */
	void addInjected(Object bean) {
		for (Class<?> current = bean.getClass(); current != Object.class
				&& current != Record.class; current = current.getSuperclass()) {
			Stream.of(current.getDeclaredFields())
				.filter((field) -> !Modifier.isStatic(field.getModifiers()))
				.map(Field::getName)
				.forEach((name) -> addInjected(name, ReflectionTestUtils.getField(bean, name)));
		}
	}

	private void addInjected(String name, Object injected) {
		if (injected instanceof ObjectProvider<?> provider) {
			addProvider(name, provider);
		}
		else if (injected instanceof Optional<?> optional) {
			this.ways.put(name, optional::orElseThrow);
		}
		else if (injected instanceof Collection<?> models) {
			this.ways.put(name, () -> only(models.stream()));
		}
		else if (injected instanceof Map<?, ?> models) {
			this.ways.put(name, () -> only(models.values().stream()));
		}
		else if (injected instanceof Object[] models) {
			this.ways.put(name, () -> only(Arrays.stream(models)));
		}
		else {
			this.ways.put(name, () -> injected);
		}
	}

	private void addProvider(String name, ObjectProvider<?> provider) {
		this.ways.put("getObject of " + name, provider::getObject);
		this.ways.put("getIfAvailable of " + name, provider::getIfAvailable);
		this.ways.put("getIfUnique of " + name, provider::getIfUnique);
		this.ways.put("stream of " + name, () -> only(provider.stream()));
		this.ways.put("orderedStream of " + name, () -> only(provider.orderedStream()));
		this.ways.put("iterator of " + name, () -> only(StreamSupport.stream(provider.spliterator(), false)));
	}

	/**
	 * Add an object that has the model injected into a field right away.
	 */
	void addCreated(String name, Class<?> holder) {
		AutowiredAnnotationBeanPostProcessor annotations = new AutowiredAnnotationBeanPostProcessor();
		annotations.setBeanFactory(this.context.getBeanFactory());
		this.ways.put(name, () -> {
			Object object = BeanUtils.instantiateClass(holder);
			annotations.processInjection(object);
			return ReflectionTestUtils.getField(object, "model");
		});
	}

	/**
	 * Add what the container answers to those who ask it.
	 */
	void addLookUps(String beanName) {
		this.ways.put("getBean(name)", () -> this.context.getBean(beanName));
		this.ways.put("getBean(name, ChatModel)", () -> this.context.getBean(beanName, ChatModel.class));
		this.ways.put("getBean(ChatModel)", () -> this.context.getBean(ChatModel.class));
		this.ways.put("getBeansOfType(ChatModel)",
				() -> only(this.context.getBeansOfType(ChatModel.class).values().stream()));
		addProvider("getBeanProvider(ChatModel)", this.context.getBeanProvider(ChatModel.class));
		this.ways.put("getBean(name)ByClass", () -> this.context.getBean(beanName));
		this.ways.put("getBean(name, type)ByClass", () -> this.context.getBean(beanName, this.type));
		this.ways.put("getBean(type)ByClass", () -> this.context.getBean(this.type));
		this.ways.put("getBeansOfType(type)ByClass",
				() -> only(this.context.getBeansOfType(this.type).values().stream()));
		addProvider("getBeanProvider(type)ByClass", this.context.getBeanProvider(this.type));
		this.ways.put("getSingleton()ByClass", () -> this.context.getBeanFactory().getSingleton(beanName));
	}

	/**
	 * Return where each way leads to: the model, or the exception that it ends in.
	 */
	Map<String, Object> follow() throws Exception {
		Map<String, Object> found = new LinkedHashMap<>();
		for (Map.Entry<String, Callable<Object>> way : this.ways.entrySet()) {
			try {
				found.put(way.getKey(), way.getValue().call());
			}
			catch (BeansException ex) {
				found.put(way.getKey(), ex);
			}
		}
		return found;
	}

	private Object only(Stream<?> models) {
		return models.filter((model) -> AopUtils.getTargetClass(model) == this.type).reduce((first, second) -> {
			throw new AssertionError("Two of " + this.type);
		}).orElseThrow();
	}

}
