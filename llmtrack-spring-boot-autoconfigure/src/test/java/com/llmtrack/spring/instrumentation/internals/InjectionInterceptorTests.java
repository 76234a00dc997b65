// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.internals;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.CustomAutowireConfigurer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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

	@Test
	void replacesWhatIsLookedUpLater() {
		this.context.registerBean("more", CharSequence.class, () -> "Bye");
		this.context.registerBean(LookingUp.class);
		this.context.refresh();
		LookingUp user = this.context.getBean(LookingUp.class);
		assertThat(user.text.getObject()).isEqualTo("Hello?");
		assertThat(user.texts.stream().toList()).containsExactly("Hello?", "Bye?");
		assertThat(user.texts.orderedStream().map(CharSequence::length).toList()).containsExactly(6, 4);
		assertThat(user.texts).containsExactly("Hello?", "Bye?");
		assertThat(user.texts.getIfUnique()).isNull();
		assertThatExceptionOfType(NoUniqueBeanDefinitionException.class).isThrownBy(user.texts::getObject);
	}

	@Test
	void leavesQualifiersToTheResolverThatHasThem() {
		CustomAutowireConfigurer configurer = new CustomAutowireConfigurer();
		configurer.setCustomQualifierTypes(Set.of(Loud.class));
		this.context.addBeanFactoryPostProcessor(configurer);
		this.context.registerBean("loud", Integer.class, () -> 100,
				(definition) -> ((AbstractBeanDefinition) definition)
					.addQualifier(new AutowireCandidateQualifier(Loud.class)));
		this.context.registerBean("silent", Integer.class, () -> 0);
		this.context.registerBean(Listener.class);
		this.context.refresh();
		assertThat(this.context.getBean(Listener.class).volumes).containsOnlyKeys("loud");
	}

	@Test
	void canBeRemoved() {
		DefaultListableBeanFactory beanFactory = this.context.getDefaultListableBeanFactory();
		((Exclaiming) beanFactory.getAutowireCandidateResolver()).remove();
		this.context.registerBean("seven", Integer.class, () -> 7);
		this.context.refresh();
		assertThat(this.context.getBean(User.class).text).isEqualTo("Hello");
		assertThat(this.context.getBean(User.class).number).isEqualTo(7);
	}

	@Retention(RetentionPolicy.RUNTIME)
	@interface Loud {

	}

	static class Listener {

		final Map<String, Integer> volumes;

		Listener(@Loud Map<String, Integer> volumes) {
			this.volumes = volumes;
		}

	}

	static class LookingUp {

		final ObjectProvider<CharSequence> text;

		final ObjectProvider<CharSequence> texts;

		LookingUp(@Qualifier("text") ObjectProvider<CharSequence> text, ObjectProvider<CharSequence> texts) {
			this.text = text;
			this.texts = texts;
		}

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
		protected Object replace(Object resolved, Set<String> beanNames) {
			return resolved + "!";
		}

		@Override
		protected @Nullable Class<?> typeToReplace(DependencyDescriptor descriptor) {
			return (descriptor.getDependencyType() == CharSequence.class) ? CharSequence.class : null;
		}

		@Override
		protected Object replaceLookedUp(Object resolved, Set<String> beanNames) {
			return resolved + "?";
		}

		@Override
		protected @Nullable Object valueFor(DependencyDescriptor descriptor) {
			return (descriptor.getDependencyType() == Integer.class) ? 42 : null;
		}

	}

}
