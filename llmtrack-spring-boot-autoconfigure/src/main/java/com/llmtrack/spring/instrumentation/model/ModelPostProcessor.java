// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import com.llmtrack.spring.instrumentation.proxy.AdvisingPostProcessor;
import com.llmtrack.spring.instrumentation.proxy.EarlyPostProcessor;
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
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.support.AutowireCandidateResolver;
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

	private final ObservedRegistries registries;

	private @Nullable FallbackObservationRegistry fallbackRegistry;

	public ModelPostProcessor(DefaultModelInstrumentation instrumentation) {
		this.instrumentation = instrumentation;
		this.observationHandler = instrumentation.observationHandler();
		this.registries = instrumentation.observedRegistries();
	}

	/**
	 * Have beans processed and injected that are created before this post-processor is in
	 * use.
	 * @param beanFactory creates the beans
	 * @param processorName the name of this post-processor
	 */
	public static void processEarlyBeans(DefaultListableBeanFactory beanFactory, String processorName) {
		beanFactory
			.addBeanPostProcessor(new EarlyPostProcessor(beanFactory, processorName, ModelPostProcessor::mayProcess));
		beanFactory.setAutowireCandidateResolver(
				new InstrumentedModelResolver(beanFactory, () -> find(beanFactory, processorName)));
	}

	private static boolean mayProcess(Object bean) {
		return bean instanceof ObservationRegistry
				|| DefaultModelInstrumentation.mayBeModel(AopProxyUtils.ultimateTargetClass(bean));
	}

	private static @Nullable ModelPostProcessor find(ConfigurableBeanFactory beanFactory, String name) {
		try {
			return beanFactory.isCurrentlyInCreation(name) ? null : beanFactory.getBean(name, ModelPostProcessor.class);
		}
		catch (BeansException ex) {
			// Reported when it is to be used
			return null;
		}
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		if (beanFactory instanceof DefaultListableBeanFactory listable) {
			AutowireCandidateResolver resolver = listable.getAutowireCandidateResolver();
			if (isActive()) {
				this.instrumentation.setUnseenModels(new UnseenModels(listable, this.instrumentation, this.registries));
				listable.addBeanPostProcessor(new ScopedProxyPostProcessor(this.instrumentation, listable));
				this.fallbackRegistry = new FallbackObservationRegistry(this.observationHandler, this.registries);
				if (resolver instanceof InstrumentedModelResolver early) {
					early.use(this);
				}
				else {
					listable.setAutowireCandidateResolver(new InstrumentedModelResolver(listable, () -> this));
				}
			}
			else if (resolver instanceof InstrumentedModelResolver early) {
				early.remove();
			}
		}
	}

	boolean isActive() {
		return this.instrumentation.isActive();
	}

	DefaultModelInstrumentation instrumentation() {
		return this.instrumentation;
	}

	@Nullable FallbackObservationRegistry fallbackRegistry() {
		return this.fallbackRegistry;
	}

	/**
	 * Others may wrap the model before this post-processor sees the whole bean.
	 */
	@Override
	public Object postProcessBeforeInitialization(Object bean, String beanName) {
		if (isActive()) {
			this.instrumentation.beans().expectWrapper(ModelBeans.nameForUsers(beanName), bean.getClass());
		}
		return bean;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (isActive() && bean instanceof ObservationRegistry registry) {
			this.registries.add(registry, beanName);
		}
		return super.postProcessAfterInitialization(bean, beanName);
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
		InstrumentationMode mode = this.instrumentation.leaveRaw(bean, ModelBeans.nameForUsers(beanName), interceptor);
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
