// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.boot3;

import com.llmtrack.spring.instrumentation.model.DefaultModelInstrumentation;
import com.llmtrack.spring.instrumentation.model.ToolTap;
import com.llmtrack.spring.instrumentation.proxy.AdvisingPostProcessor;
import com.llmtrack.spring.instrumentation.proxy.EarlyPostProcessor;
import com.llmtrack.spring.instrumentation.proxy.ProxyEligibility;
import com.llmtrack.spring.logging.LogOnce;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.aop.Pointcut;
import org.springframework.aop.framework.AopConfigException;
import org.springframework.aop.support.NameMatchMethodPointcut;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;

/**
 * Has each {@link ToolCallingManager} bean tell when models run tools. Spring AI's class
 * is final, so that its beans get a proxy of their interfaces where they are declared by
 * one, and nobody can rely on the class. Any other final class stays as it is.
 */
final class ToolCallingManagerPostProcessor extends AdvisingPostProcessor implements BeanFactoryAware {

	private static final String INSTRUMENTATION_BEAN = "llmtrackModelInstrumentation";

	private static final Pointcut POINTCUT = pointcut("executeToolCalls");

	private final LogOnce warnings = LogOnce.forever();

	private @Nullable ConfigurableListableBeanFactory beanFactory;

	private static Pointcut pointcut(String method) {
		NameMatchMethodPointcut pointcut = new NameMatchMethodPointcut();
		pointcut.addMethodName(method);
		return pointcut;
	}

	/**
	 * Have beans processed that are created before this post-processor is in use.
	 * @param beanFactory creates the beans
	 * @param processorName the name of this post-processor
	 */
	static void processEarlyBeans(DefaultListableBeanFactory beanFactory, String processorName) {
		beanFactory.addBeanPostProcessor(
				new EarlyPostProcessor(beanFactory, processorName, ToolCallingManager.class::isInstance));
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		this.beanFactory = (beanFactory instanceof ConfigurableListableBeanFactory listable) ? listable : null;
	}

	@Override
	protected @Nullable MethodInterceptor interceptorFor(String beanName, Class<?> targetClass) {
		ToolTap tap = mayHaveInterceptor(targetClass) ? tap() : null;
		return (tap != null) ? new ToolRoundInterceptor(tap) : null;
	}

	/**
	 * Return where models run tools, or {@code null} if LLMtrack is off. By name, as a
	 * look-up by type may create other beans.
	 */
	private @Nullable ToolTap tap() {
		return (this.beanFactory != null && this.beanFactory.containsBean(INSTRUMENTATION_BEAN))
				? this.beanFactory.getBean(INSTRUMENTATION_BEAN, DefaultModelInstrumentation.class).toolTap() : null;
	}

	@Override
	protected boolean mayHaveInterceptor(Class<?> type) {
		return ToolCallingManager.class.isAssignableFrom(type);
	}

	@Override
	protected boolean mayHaveInterfaceProxy(Class<?> type) {
		return true;
	}

	@Override
	protected Pointcut pointcut() {
		return POINTCUT;
	}

	@Override
	protected boolean permitsClassProxy(Class<?> beanClass) {
		return super.permitsClassProxy(beanClass) && !ProxyEligibility.hasNonPrivateFields(beanClass);
	}

	@Override
	protected Object adviseFinalClass(Object bean, String beanName, MethodInterceptor interceptor) {
		if (isDeclaredByInterface(beanName)) {
			return interfaceProxy(bean, interceptor);
		}
		if (this.warnings.isDue(beanName)) {
			this.logger.warn("Bean '" + beanName + "' is used as it is, since its class " + bean.getClass().getName()
					+ " can't be proxied: of a call in which a model runs tools, LLMtrack may get one event "
					+ "with the sum of all requests. A bean that is declared as ToolCallingManager is proxied by its interface.");
		}
		return bean;
	}

	@Override
	protected Object adviseWithoutClassProxy(Object bean, String beanName, MethodInterceptor interceptor,
			AopConfigException failure) {
		return adviseFinalClass(bean, beanName, interceptor);
	}

	private boolean isDeclaredByInterface(String beanName) {
		if (this.beanFactory == null || !this.beanFactory.containsBeanDefinition(beanName)
				|| !(this.beanFactory.getMergedBeanDefinition(beanName) instanceof RootBeanDefinition definition)) {
			return false;
		}
		Class<?> declared = definition.getResolvableType().resolve();
		return declared != null && declared.isInterface() && mayHaveInterceptor(declared);
	}

}
