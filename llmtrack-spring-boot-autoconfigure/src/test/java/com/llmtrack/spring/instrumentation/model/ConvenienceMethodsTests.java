// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.ArrayList;
import java.util.List;

import com.llmtrack.spring.instrumentation.call.ModelCalls;
import com.llmtrack.spring.instrumentation.call.TestBeans;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.target.HotSwappableTargetSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConvenienceMethods}.
 */
class ConvenienceMethodsTests {

	private final RecordingSink sink = new RecordingSink();

	private final List<Object> callers = new ArrayList<>();

	private final HotSwappableTargetSource target = new HotSwappableTargetSource(new Model("first"));

	private ChatModel model(MethodInterceptor otherAdvice) {
		ModelCalls calls = new ModelCalls(TestBeans.of(this.sink));
		calls.open();
		ProxyFactory factory = new ProxyFactory();
		factory.addInterface(RememberingModel.class);
		factory.setTargetSource(this.target);
		factory.addAdvice(otherAdvice);
		factory.addAdvisor(new DefaultPointcutAdvisor(ModelMethods.POINTCUT,
				new ModelInterceptor(calls, new ConvenienceMethods(), "model", false)));
		return (ChatModel) factory.getProxy();
	}

	@Test
	void proxyWithoutOtherAdviceIsMadeOnce() {
		List<String> advised = new ArrayList<>();
		ChatModel model = model((invocation) -> {
			advised.add(invocation.getMethod().getName());
			return invocation.proceed();
		});
		model.call("Hi");
		model.call("Hi");
		assertThat(this.callers).hasSize(2);
		assertThat(this.callers.get(1)).isSameAs(this.callers.get(0)).isNotSameAs(model).isNotInstanceOf(Model.class);
		assertThat(advised).containsExactly("call", "call");
		assertThat(this.sink.events()).hasSize(2);
	}

	@Test
	void methodRunsOnTheTargetOfItsInvocation() {
		ChatModel model = model((invocation) -> invocation.proceed());
		model.call("Hi");
		this.target.swap(new Model("second"));
		model.call("Hi");
		assertThat(this.sink.events()).extracting((event) -> event.model()).containsExactly("first", "second");
	}

	/**
	 * A model whose convenience method knows what it runs on.
	 */
	interface RememberingModel extends ChatModel {

		void remember(Object caller);

		@Override
		default String call(String message) {
			remember(this);
			return ChatModel.super.call(message);
		}

	}

	class Model extends TestModels.OpenModel implements RememberingModel {

		Model(String name) {
			super(name);
		}

		@Override
		public void remember(Object caller) {
			ConvenienceMethodsTests.this.callers.add(caller);
		}

	}

}
