// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmFeature;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.aop.Advisor;
import org.springframework.aop.MethodBeforeAdvice;
import org.springframework.aop.framework.autoproxy.DefaultAdvisorAutoProxyCreator;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.NameMatchMethodPointcutAdvisor;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;
import org.springframework.test.util.AopTestUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willReturn;
import static org.mockito.Mockito.mockingDetails;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.spy;

/**
 * Tests that spies of annotated beans have their features, and that tests can use them as
 * those of beans with aspects.
 */
@SpringJUnitConfig
class SpiedServiceTests {

	@MockitoSpyBean
	private Service service;

	@MockitoSpyBean
	private AspectedService aspected;

	@MockitoBean
	private MockedService mocked;

	@Autowired
	private HandMadeSpy handMade;

	@Autowired
	private Caller caller;

	@Test
	void spyHasItsFeature() {
		assertThat(this.caller.ask("Hi")).isEqualTo("Hi of spied");
		then(this.service).should().answer("Hi");
		then(this.service).should(never()).answer("Ho");
		then(this.service).shouldHaveNoMoreInteractions();
		assertThat(AopTestUtils.<Object>getUltimateTargetObject(this.service))
			.matches((target) -> mockingDetails(target).isSpy());
	}

	@Test
	void spyCanBeStubbed() {
		willReturn("stubbed").given(this.service).answer(any());
		assertThat(this.caller.ask("Hi")).isEqualTo("stubbed");
		then(this.service).should().answer("Hi");
	}

	@Test
	void spyIsResetAfterEachTest() {
		then(this.service).shouldHaveNoInteractions();
		assertThat(this.caller.ask("Ho")).isEqualTo("Ho of spied");
	}

	@Test
	void spyWithAnAspectHasItsFeature() {
		assertThat(this.aspected.answer()).isEqualTo("aspected 1");
		then(this.aspected).should().answer();
	}

	@Test
	void spyThatTheApplicationMadeHasItsFeature() {
		assertThat(this.handMade.answer()).isEqualTo("hand-made");
		then(this.handMade).should().answer();
	}

	@Test
	void mockIsLeftAlone() {
		assertThat(AopUtils.isAopProxy(this.mocked)).isFalse();
		given(this.mocked.answer()).willReturn("mocked");
		assertThat(this.mocked.answer()).isEqualTo("mocked");
		then(this.mocked).should().answer();
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Service.class, AspectedService.class, MockedService.class, Caller.class })
	static class Application {

		@Bean
		static FeaturePostProcessor featurePostProcessor() {
			return new FeaturePostProcessor(true, FeaturePostProcessorTests.NOBODY);
		}

		@Bean
		static DefaultAdvisorAutoProxyCreator autoProxyCreator() {
			DefaultAdvisorAutoProxyCreator creator = new DefaultAdvisorAutoProxyCreator();
			creator.setProxyTargetClass(true);
			creator.setOrder(0);
			return creator;
		}

		@Bean
		static Advisor countingAspect() {
			NameMatchMethodPointcutAdvisor advisor = new NameMatchMethodPointcutAdvisor(
					(MethodBeforeAdvice) (method, arguments, target) -> ((AspectedService) target).called());
			advisor.setMappedName("answer");
			advisor.setClassFilter(AspectedService.class::isAssignableFrom);
			return advisor;
		}

		@Bean
		HandMadeSpy handMadeSpy() {
			return spy(new HandMadeSpy());
		}

	}

	static class Service {

		@LlmFeature("spied")
		@Nullable String answer(String question) {
			return question + " of " + LlmContext.current().feature();
		}

	}

	record Caller(Service service) {

		@Nullable String ask(String question) {
			return this.service.answer(question);
		}

	}

	static class AspectedService {

		private int calls;

		@LlmFeature("aspected")
		String answer() {
			return LlmContext.current().feature() + " " + this.calls;
		}

		void called() {
			this.calls++;
		}

	}

	static class MockedService {

		@LlmFeature("mocked")
		@Nullable String answer() {
			return LlmContext.current().feature();
		}

	}

	static class HandMadeSpy {

		@LlmFeature("hand-made")
		@Nullable String answer() {
			return LlmContext.current().feature();
		}

	}

}
