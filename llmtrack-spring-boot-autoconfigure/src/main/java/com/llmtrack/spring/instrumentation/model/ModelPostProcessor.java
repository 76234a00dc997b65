// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import com.llmtrack.spring.instrumentation.call.FinalModels;
import com.llmtrack.spring.instrumentation.proxy.AdvisingPostProcessor;
import com.llmtrack.spring.instrumentation.proxy.InstrumentationMode;
import com.llmtrack.spring.instrumentation.proxy.ProxyEligibility;
import com.llmtrack.spring.instrumentation.usage.ModelProviders;
import io.micrometer.observation.ObservationRegistry;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.StreamingChatModel;
import org.springframework.aop.Pointcut;
import org.springframework.aop.framework.AopConfigException;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

/**
 * Instruments every {@link ChatModel} and {@link StreamingChatModel} bean, and embedding
 * models where the application wants that.
 * <p>
 * A bean of a final class has to stay as it is, because a proxy could not be looked up or
 * injected by that class. Where such a model is injected by interface, an
 * {@link InstrumentedModelResolver} in front of the bean factory's resolver injects a
 * proxy; where it has a scope, that one's own proxy gets an advisor. Its other requests
 * are observed, for which every {@link ObservationRegistry} bean gets a handler.
 */
public final class ModelPostProcessor extends AdvisingPostProcessor implements BeanFactoryAware {

	private final DefaultModelInstrumentation instrumentation;

	private final ModelObservationHandler observationHandler;

	public ModelPostProcessor(DefaultModelInstrumentation instrumentation) {
		this.instrumentation = instrumentation;
		this.observationHandler = instrumentation.observationHandler();
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		if (this.instrumentation.isActive() && beanFactory instanceof DefaultListableBeanFactory listable) {
			listable.addBeanPostProcessor(new ScopedProxyPostProcessor(this.instrumentation, listable));
			listable.setAutowireCandidateResolver(new InstrumentedModelResolver(listable, this.instrumentation,
					new FallbackObservationRegistry(this.observationHandler)));
		}
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (this.instrumentation.isActive() && bean instanceof ObservationRegistry registry) {
			addHandler(registry, beanName);
		}
		return super.postProcessAfterInitialization(bean, beanName);
	}

	private void addHandler(ObservationRegistry registry, String beanName) {
		try {
			registry.observationConfig().observationHandler(this.observationHandler);
		}
		catch (Throwable ex) {
			this.logger.warn("Models that ObservationRegistry bean '" + beanName
					+ "' observes are recorded by their proxies only, because it takes no handler: "
					+ ex.getClass().getName());
		}
	}

	@Override
	protected @Nullable MethodInterceptor interceptorFor(String beanName, Class<?> targetClass) {
		return this.instrumentation.interceptorFor(ModelBeans.nameForUsers(beanName), targetClass);
	}

	@Override
	protected boolean mayHaveInterceptor(Class<?> type) {
		return DefaultModelInstrumentation.mayBeModel(type);
	}

	@Override
	protected Pointcut pointcut() {
		return ModelMethods.POINTCUT;
	}

	/**
	 * Nobody asked for a proxy of a model, unlike for a bean with annotated methods, so
	 * code that reads its fields must keep working.
	 */
	@Override
	protected boolean permitsClassProxy(Class<?> beanClass) {
		return super.permitsClassProxy(beanClass)
				&& (ModelProviders.isSpringAiModel(beanClass) || !ProxyEligibility.hasNonPrivateFields(beanClass));
	}

	/**
	 * A model that has to stay as it is gets one where it is injected, and any model one
	 * to run {@link ConvenienceMethods} on.
	 */
	@Override
	protected boolean mayHaveInterfaceProxy(Class<?> type) {
		return true;
	}

	@Override
	protected Object adviseFinalClass(Object bean, String beanName, MethodInterceptor interceptor) {
		boolean injected = this.instrumentation.settings().finalModels() != FinalModels.OBSERVE;
		this.instrumentation.rawModels()
			.add(bean, interceptor, (model) -> injected ? interfaceProxy(model, interceptor) : model);
		InstrumentationMode mode = injected ? InstrumentationMode.INJECTION_POINTS : InstrumentationMode.OBSERVATIONS;
		advised(beanName, AopProxyUtils.ultimateTargetClass(bean),
				ScopedProxyUtils.isScopedTarget(beanName) ? InstrumentationMode.SCOPED_PROXY : mode);
		return bean;
	}

	@Override
	protected Object adviseWithoutClassProxy(Object bean, String beanName, MethodInterceptor interceptor,
			AopConfigException failure) {
		return adviseFinalClass(bean, beanName, interceptor);
	}

	@Override
	protected void advised(String beanName, Class<?> targetClass, InstrumentationMode mode) {
		this.instrumentation.beans().add(ModelBeans.nameForUsers(beanName), targetClass, mode);
	}

}
