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
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

/**
 * Measures the calls of every {@link ChatModel} and {@link StreamingChatModel} bean, and
 * of embedding models where they are to be tracked.
 * <p>
 * A bean of a final class has to stay as it is: whoever looks it up or has it injected by
 * its class could not be given a proxy. Such a model is measured where it is injected by
 * interface instead, for which this post-processor puts a
 * {@link InstrumentedModelResolver} in front of the bean factory's resolver; elsewhere it
 * is observed, for which every {@link ObservationRegistry} bean reports the models'
 * observations.
 */
public final class ModelPostProcessor extends AdvisingPostProcessor implements BeanFactoryAware {

	private final ModelInstrumentation instrumentation;

	private final ModelObservationHandler observationHandler;

	private final ObservationRegistries observationRegistries;

	public ModelPostProcessor(ModelInstrumentation instrumentation) {
		this.instrumentation = instrumentation;
		this.observationHandler = instrumentation.observationHandler();
		this.observationRegistries = new ObservationRegistries(this.observationHandler);
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		if (beanFactory instanceof DefaultListableBeanFactory listable) {
			FallbackObservationRegistry observations = new FallbackObservationRegistry(listable,
					this.observationHandler);
			listable.setAutowireCandidateResolver(new InstrumentedModelResolver(listable.getAutowireCandidateResolver(),
					listable, this.instrumentation, observations));
		}
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof ObservationRegistry registry) {
			this.observationRegistries.add(registry, beanName);
		}
		return super.postProcessAfterInitialization(bean, beanName);
	}

	@Override
	protected @Nullable MethodInterceptor interceptorFor(String beanName, Class<?> targetClass) {
		return this.instrumentation.interceptorFor(nameForUsers(beanName), targetClass);
	}

	@Override
	protected Pointcut pointcut() {
		return ModelMethods.POINTCUT;
	}

	/**
	 * Nobody asked for a proxy of a model, unlike of a bean with annotated methods, so
	 * that it must not be noticed by those either who read fields.
	 */
	@Override
	protected boolean isExtendable(Class<?> beanClass) {
		return super.isExtendable(beanClass)
				&& (ModelProviders.isSpringAis(beanClass) || !ProxyEligibility.hasNonPrivateFields(beanClass));
	}

	/**
	 * A target of a final class stays as it is wherever its scoped proxy stands for it,
	 * so that this proxy has to measure. Where the target measures as well, its requests
	 * are counted there.
	 */
	@Override
	protected boolean isLeftAlone(Object bean) {
		if (!(bean instanceof ScopedObject)) {
			return super.isLeftAlone(bean);
		}
		Class<?> targetClass = AopProxyUtils.ultimateTargetClass(bean);
		return !targetClass.isInterface() && isExtendable(targetClass);
	}

	@Override
	protected Object adviseUnextendable(Object bean, String beanName, MethodInterceptor interceptor) {
		Class<?> targetClass = AopProxyUtils.ultimateTargetClass(bean);
		if (ProxyEligibility.isKnownByInterfacesOnly(bean.getClass())) {
			Object proxy = interfaceProxy(bean, interceptor);
			covered(beanName, targetClass, InstrumentationMode.INTERFACE_PROXY);
			return proxy;
		}
		if (this.instrumentation.settings().finalModels() == FinalModels.OBSERVE) {
			covered(beanName, targetClass, InstrumentationMode.OBSERVATIONS);
			return bean;
		}
		this.instrumentation.rawModels().add(bean, (model) -> interfaceProxy(model, interceptor));
		covered(beanName, targetClass, InstrumentationMode.INJECTION_POINTS);
		return bean;
	}

	@Override
	protected void covered(String beanName, Class<?> targetClass, InstrumentationMode coverage) {
		this.instrumentation.beans().add(nameForUsers(beanName), targetClass, coverage);
	}

	/**
	 * Return the name that properties have for a bean, also if it is the target of a
	 * scoped proxy.
	 */
	private static String nameForUsers(String beanName) {
		return ScopedProxyUtils.isScopedTarget(beanName) ? ScopedProxyUtils.getOriginalBeanName(beanName) : beanName;
	}

}
