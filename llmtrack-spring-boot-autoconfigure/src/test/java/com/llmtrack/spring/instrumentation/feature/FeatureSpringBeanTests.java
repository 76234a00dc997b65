// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import java.lang.reflect.Method;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmFeature;
import org.junit.jupiter.api.Test;

import org.springframework.ai.support.ToolCallbacks;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.task.AsyncTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link LlmFeature} in combination with annotations of Spring.
 */
class FeatureSpringBeanTests extends AbstractFeatureTests {

	@Autowired
	private AnnotatedSpringBeans.Tasks tasks;

	@Autowired
	private AnnotatedSpringBeans.Listener listener;

	@Autowired
	private AnnotatedSpringBeans.Answers answers;

	@Autowired
	private AnnotatedSpringBeans.Lookup lookup;

	@Autowired
	private ApplicationEventPublisher events;

	@Autowired
	@Qualifier("propagatingExecutor")
	private AsyncTaskExecutor propagatingExecutor;

	@Test
	void asyncMethodsBelongToTheirFeatures() throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		this.tasks.start(asked);
		assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
		this.tasks.future().get();
		this.tasks.completable().join();
		assertFeatures("async", "async-future", "async-completable");
	}

	@Test
	void asyncMethodWinsOverTheFeatureOfItsCaller() {
		LlmContext.feature("caller").run(() -> this.tasks.completable().join());
		assertFeatures("async-completable");
	}

	@Test
	void asyncMethodWithoutAnnotationHasTheFeatureOfItsCallerIfThatIsPropagated() {
		LlmContext.feature("caller").run(() -> {
			this.tasks.withoutDecorator().join();
			this.tasks.withDecorator().join();
		});
		this.tasks.withDecorator().join();
		assertFeatures(NONE, "caller", NONE);
	}

	@Test
	void taskDecoratorCarriesTheFeatureAndLeavesNothingBehind() throws Exception {
		LlmContext.feature("task").call(() -> this.propagatingExecutor.submit(this.questions::ask).get());
		assertThat(this.propagatingExecutor.submit(() -> LlmContext.current().feature()).get()).isNull();
		assertFeatures("task");
	}

	@Test
	void scheduledMethodBelongsToItsFeature() {
		this.tasks.due().set(true);
		assertFeatures("scheduled");
	}

	@Test
	void eventListenerBelongsToItsFeature() {
		this.events.publishEvent(new AnnotatedSpringBeans.Asked());
		assertFeatures("event");
	}

	@Test
	void methodThatIsCalledByReflectionBelongsToItsFeature() throws Exception {
		Class<?> type = AopProxyUtils.ultimateTargetClass(this.listener);
		Method method = AopUtils.selectInvocableMethod(type.getDeclaredMethod("onMessage", String.class),
				this.listener.getClass());
		method.invoke(this.listener, "Hi");
		assertFeatures("message");
	}

	@Test
	void cachedAnswerIsNoRequest() {
		this.answers.cached("Hi");
		this.answers.cached("Hi");
		assertFeatures("cached");
	}

	@Test
	void eachAttemptBelongsToTheFeature() {
		assertThat(this.answers.retried()).isEqualTo("done");
		assertFeatures("retried", "retried", "retried");
	}

	@Test
	void toolOfABeanBelongsToItsFeature() {
		ToolCallback[] tools = ToolCallbacks.from(this.lookup);
		assertThat(tools).hasSize(1);
		LlmContext.feature("caller").run(() -> tools[0].call("{\"subject\":\"Java\"}"));
		assertFeatures("tool");
	}

}
