// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.proxy;

import java.lang.reflect.Modifier;

import org.aopalliance.intercept.MethodInterceptor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.Advisor;
import org.springframework.aop.Pointcut;
import org.springframework.aop.SpringProxy;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aot.hint.support.ClassHintUtils;
import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.config.SmartInstantiationAwareBeanPostProcessor;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.core.SmartClassLoader;
import org.springframework.util.ClassUtils;

/**
 * The part of an {@link AdvisingPostProcessor} that an application's build runs where it
 * processes the application ahead of time: the classes of proxies are generated, and
 * proxies of interfaces registered for native images. Knows beans by their declared
 * types, and nothing that is decided when the application runs. Never fails the build.
 */
abstract class AheadOfTimePostProcessor
		implements SmartInstantiationAwareBeanPostProcessor, BeanRegistrationAotProcessor, BeanClassLoaderAware {

	protected final Log logger = LogFactory.getLog(getClass());

	private @Nullable ClassLoader classLoader = ClassUtils.getDefaultClassLoader();

	@Override
	public void setBeanClassLoader(ClassLoader classLoader) {
		this.classLoader = classLoader;
	}

	/**
	 * Return whether beans of a type may have an interceptor when the application runs.
	 * @param type the declared type of the beans
	 * @return whether there may be an interceptor
	 */
	protected abstract boolean mayHaveInterceptor(Class<?> type);

	/**
	 * Return whether beans of a type that may have an interceptor may have a proxy of
	 * their interfaces.
	 * @param type the declared type of the beans
	 * @return whether there may be such a proxy
	 */
	protected boolean mayHaveInterfaceProxy(Class<?> type) {
		return type.isInterface();
	}

	/**
	 * Return whether a class permits a class proxy.
	 * @param beanClass the class of the bean
	 * @return whether a proxy can extend it without breaking anything
	 */
	protected boolean permitsClassProxy(Class<?> beanClass) {
		return ProxyEligibility.permitsClassProxy(beanClass);
	}

	/**
	 * Return the methods to intercept, for beans that have an interceptor.
	 * @return the pointcut
	 */
	protected abstract Pointcut pointcut();

	@Override
	public Class<?> determineBeanType(Class<?> type, String beanName) {
		if (SpringProxy.class.isAssignableFrom(type) || Modifier.isAbstract(type.getModifiers())) {
			return type;
		}
		try {
			return (mayHaveInterceptor(type) && permitsClassProxy(type))
					? ClassProxies.typeFor(type, classLoaderFor(type)) : type;
		}
		catch (Exception | LinkageError ex) {
			warn(beanName, ex);
			return type;
		}
	}

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
		try {
			Class<?> type = FactoryBean.class.isAssignableFrom(bean.getBeanClass())
					? bean.getBeanFactory().getType(bean.getBeanName()) : bean.getBeanClass();
			if (type == null || !mayHaveInterceptor(type) || !mayHaveInterfaceProxy(type)) {
				return null;
			}
			Class<?> proxy = InterfaceProxies.typeFor(type, classLoaderFor(type));
			return (context, code) -> ClassHintUtils.registerProxyIfNecessary(proxy, context.getRuntimeHints());
		}
		catch (Exception | LinkageError ex) {
			warn(bean.getBeanName(), ex);
			return null;
		}
	}

	private void warn(String beanName, Throwable failure) {
		this.logger.warn("Bean '" + beanName + "' has no proxy that was made ahead of time: " + failure);
	}

	/**
	 * The application needs it when it runs, too.
	 */
	@Override
	public boolean isBeanExcludedFromAotProcessing() {
		return false;
	}

	final Advisor advisor(MethodInterceptor interceptor) {
		return new DefaultPointcutAdvisor(pointcut(), interceptor);
	}

	final @Nullable ClassLoader classLoaderFor(Class<?> type) {
		ClassLoader classLoader = this.classLoader;
		if (classLoader instanceof SmartClassLoader smartClassLoader && classLoader != type.getClassLoader()) {
			return smartClassLoader.getOriginalClassLoader();
		}
		return classLoader;
	}

}
