// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.config.BeanDefinitionHolder;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.annotation.ContextAnnotationAutowireCandidateResolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;

/**
 * Tests for {@link InstrumentedModelResolver}: it delegates everything else to the
 * resolver behind it.
 */
class InstrumentedModelResolverTests {

	private final DefaultListableBeanFactory beanFactory = new DefaultListableBeanFactory();

	private final ContextAnnotationAutowireCandidateResolver delegate = mock();

	private final DependencyDescriptor descriptor = mock();

	private final InstrumentedModelResolver resolver = resolver();

	private InstrumentedModelResolver resolver() {
		this.beanFactory.setAutowireCandidateResolver(this.delegate);
		ModelPostProcessor processor = new ModelPostProcessor(DefaultModelInstrumentation.inactive());
		return new InstrumentedModelResolver(this.beanFactory, () -> processor);
	}

	@Test
	void delegatesWhatIsNotItsOwn() {
		BeanDefinitionHolder holder = mock();
		given(this.delegate.isAutowireCandidate(holder, this.descriptor)).willReturn(true);
		given(this.delegate.isRequired(this.descriptor)).willReturn(true);
		given(this.delegate.hasQualifier(this.descriptor)).willReturn(true);
		given(this.delegate.getSuggestedName(this.descriptor)).willReturn("name");
		given(this.delegate.getSuggestedValue(this.descriptor)).willReturn("value");
		given(this.delegate.getLazyResolutionProxyIfNecessary(this.descriptor, "bean")).willReturn("proxy");
		given(this.delegate.getLazyResolutionProxyClass(this.descriptor, "bean")).willAnswer((call) -> String.class);
		given(this.delegate.cloneIfNecessary()).willReturn(this.delegate);
		assertThat(this.resolver.isAutowireCandidate(holder, this.descriptor)).isTrue();
		assertThat(this.resolver.isRequired(this.descriptor)).isTrue();
		assertThat(this.resolver.hasQualifier(this.descriptor)).isTrue();
		assertThat(this.resolver.getSuggestedName(this.descriptor)).isEqualTo("name");
		assertThat(this.resolver.getSuggestedValue(this.descriptor)).isEqualTo("value");
		assertThat(this.resolver.getLazyResolutionProxyIfNecessary(this.descriptor, "bean")).isEqualTo("proxy");
		assertThat(this.resolver.getLazyResolutionProxyClass(this.descriptor, "bean")).isEqualTo(String.class);
		assertThat(this.resolver.cloneIfNecessary()).isSameAs(this.delegate);
	}

	@Test
	void delegatesNegativeAnswersAsWell() {
		assertThat(this.resolver.hasQualifier(this.descriptor)).isFalse();
		assertThat(this.resolver.isRequired(this.descriptor)).isFalse();
	}

	@Test
	void handsTheBeanFactoryOn() {
		this.beanFactory.setAutowireCandidateResolver(this.resolver);
		then(this.delegate).should(times(2)).setBeanFactory(this.beanFactory);
	}

}
