// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import com.llmtrack.spring.LlmFeature;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.core.annotation.AliasFor;

/**
 * Beans with {@link LlmFeature} in all permitted places.
 */
@Configuration(proxyBeanMethods = false)
@Import({ AnnotatedBeans.Methods.class, AnnotatedBeans.AnnotatedClass.class, AnnotatedBeans.Heir.class,
		AnnotatedBeans.Implementation.class, AnnotatedBeans.Typed.class, AnnotatedBeans.Composed.class,
		AnnotatedBeans.Outer.class, AnnotatedBeans.FinalClass.class, AnnotatedBeans.FinalMethod.class })
class AnnotatedBeans {

	@Bean
	static Contract jdkProxy(FeatureQuestions questions) {
		return (Contract) new ProxyFactory(new JdkProxied(questions)).getProxy();
	}

	@Bean
	static Contract lambda(FeatureQuestions questions) {
		return questions::ask;
	}

	@Target({ ElementType.TYPE, ElementType.METHOD })
	@Retention(RetentionPolicy.RUNTIME)
	@LlmFeature("support-chat")
	@interface SupportChat {

	}

	@Target({ ElementType.TYPE, ElementType.METHOD })
	@Retention(RetentionPolicy.RUNTIME)
	@LlmFeature("unnamed")
	@interface Named {

		@AliasFor(annotation = LlmFeature.class, attribute = "value")
		String name();

	}

	static class Base {

		@Autowired
		FeatureQuestions questions;

		String plain() {
			return this.questions.ask();
		}

	}

	static class Methods extends Base {

		@LlmFeature("method")
		String annotated() {
			return this.questions.ask();
		}

		@LlmFeature("${test.feature}")
		String fromProperty() {
			return this.questions.ask();
		}

		@LlmFeature("failing")
		String fail() {
			this.questions.ask();
			throw new IllegalStateException("failed");
		}

	}

	@LlmFeature("class")
	@Primary
	static class AnnotatedClass extends Base {

		@LlmFeature("method")
		String annotated() {
			return this.questions.ask();
		}

		@LlmFeature("method-of-superclass")
		String overridden() {
			return this.questions.ask();
		}

	}

	static class Heir extends AnnotatedClass {

		@Override
		String overridden() {
			return this.questions.ask();
		}

		String added() {
			return this.questions.ask();
		}

	}

	@LlmFeature("interface")
	interface Contract {

		String byType();

		@LlmFeature("interface-method")
		default String byMethod() {
			return byType();
		}

	}

	static class Implementation extends Base implements Contract {

		@Override
		public String byType() {
			return this.questions.ask();
		}

		@Override
		public String byMethod() {
			return this.questions.ask();
		}

	}

	/** Not a bean by itself, so that only its interface is known. */
	private static final class JdkProxied implements Contract {

		private final FeatureQuestions questions;

		JdkProxied(FeatureQuestions questions) {
			this.questions = questions;
		}

		@Override
		public String byType() {
			return this.questions.ask();
		}

	}

	interface Handler<T> {

		@LlmFeature("generic")
		String handle(T subject);

	}

	static class Typed extends Base implements Handler<Integer> {

		@Override
		public String handle(Integer subject) {
			return this.questions.ask();
		}

	}

	@SupportChat
	static class Composed extends Base {

		@Named(name = "named")
		String named() {
			return this.questions.ask();
		}

	}

	static class Outer extends Base {

		@Autowired
		Methods inner;

		@LlmFeature("outer")
		void askAround() {
			this.questions.ask();
			this.inner.annotated();
			this.questions.ask();
			this.inner.plain();
		}

		@LlmFeature("outer")
		void askAroundFailure() {
			try {
				this.inner.fail();
			}
			catch (IllegalStateException ex) {
				this.questions.ask();
			}
		}

		@LlmFeature("outer")
		void askItself() {
			annotatedInVain();
		}

		@LlmFeature("in-vain")
		void annotatedInVain() {
			this.questions.ask();
		}

	}

	@LlmFeature("final-class")
	static final class FinalClass extends Base {

	}

	static class FinalMethod extends Base {

		@LlmFeature("final-method")
		final String annotated() {
			return this.questions.ask();
		}

	}

}
