// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.internals;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fails if Spring's bean factory no longer calls its resolver as expected.
 */
class InjectionInterceptorTests {

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	InjectionInterceptorTests() {
		DefaultListableBeanFactory beanFactory = this.context.getDefaultListableBeanFactory();
		beanFactory.setAutowireCandidateResolver(new Exclaiming(beanFactory));
		this.context.registerBean("text", String.class, () -> "Hello");
		this.context.registerBean(User.class);
	}

	@Test
	void injectsTheReplacementAndRegistersTheDependency() {
		this.context.refresh();
		User user = this.context.getBean(User.class);
		assertThat(user.text).isEqualTo("Hello!");
		assertThat(user.all).containsExactly("Hello");
		assertThat(this.context.getBean("text")).isEqualTo("Hello");
		assertThat(this.context.getBeanFactory().getDependentBeans("text")).hasSize(1);
	}

	@Test
	void injectsTheSuggestedValueInsteadOfAnyBean() {
		this.context.registerBean("seven", Integer.class, () -> 7);
		this.context.refresh();
		assertThat(this.context.getBean(User.class).number).isEqualTo(42);
	}

	static class User {

		final String text;

		final List<String> all;

		final Integer number;

		User(String text, List<String> all, Integer number) {
			this.text = text;
			this.all = all;
			this.number = number;
		}

	}

	private static final class Exclaiming extends InjectionInterceptor {

		Exclaiming(DefaultListableBeanFactory beanFactory) {
			super(beanFactory);
		}

		@Override
		protected boolean supports(DependencyDescriptor descriptor, @Nullable String beanName) {
			return descriptor.getDependencyType() == String.class;
		}

		@Override
		protected Object replace(Object resolved) {
			return resolved + "!";
		}

		@Override
		protected @Nullable Object valueFor(DependencyDescriptor descriptor) {
			return (descriptor.getDependencyType() == Integer.class) ? 42 : null;
		}

	}

}
