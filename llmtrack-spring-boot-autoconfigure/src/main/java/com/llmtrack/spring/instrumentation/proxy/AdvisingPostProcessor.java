// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.proxy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import com.llmtrack.spring.instrumentation.internals.MockitoMocks;
import org.aopalliance.intercept.MethodInterceptor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.Advisor;
import org.springframework.aop.Pointcut;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.target.EmptyTargetSource;
import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.beans.factory.config.SmartInstantiationAwareBeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.SmartClassLoader;
import org.springframework.util.ClassUtils;

/**
 * Adds an advisor to beans without a risk for the start of the application: an existing
 * proxy gets the advisor as its innermost one, any other bean gets a class proxy, and a
 * bean that cannot be proxied stays as it is. Supports circular references as Spring's
 * own proxies do.
 */
public abstract class AdvisingPostProcessor
		implements SmartInstantiationAwareBeanPostProcessor, BeanClassLoaderAware, Ordered, AopInfrastructureBean {

	protected final Log logger = LogFactory.getLog(getClass());

	private final Set<String> earlyReferences = ConcurrentHashMap.newKeySet();

	private @Nullable ClassLoader classLoader = ClassUtils.getDefaultClassLoader();

	/**
	 * The application's own advisors come first, so that this advisor is added to their
	 * proxies.
	 */
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void setBeanClassLoader(ClassLoader classLoader) {
		this.classLoader = classLoader;
	}

	/**
	 * Return the interceptor for a bean.
	 * @param beanName the name of the bean
	 * @param targetClass the class of the bean, behind any proxy
	 * @return the interceptor, or {@code null} if the bean needs none
	 */
	protected abstract @Nullable MethodInterceptor interceptorFor(String beanName, Class<?> targetClass);

	/**
	 * Return the methods to intercept, for beans that have an interceptor.
	 * @return the pointcut
	 */
	protected abstract Pointcut pointcut();

	/**
	 * Advise a bean that has no proxy and whose class does not permit one.
	 * @param bean the bean
	 * @param beanName the name of the bean
	 * @param interceptor the interceptor for it
	 * @return the bean to use, which may be the bean itself
	 */
	protected abstract Object adviseFinalClass(Object bean, String beanName, MethodInterceptor interceptor);

	/**
	 * Return whether a class permits a class proxy.
	 * @param beanClass the class of the bean
	 * @return whether a proxy can extend it without breaking anything
	 */
	protected boolean permitsClassProxy(Class<?> beanClass) {
		return ProxyEligibility.permitsClassProxy(beanClass);
	}

	/**
	 * Return whether to skip a bean. A scoped proxy is skipped, as its target is advised.
	 * @param bean the bean
	 * @return whether to use it as it is
	 */
	protected boolean shouldSkip(Object bean) {
		return bean instanceof AopInfrastructureBean;
	}

	/**
	 * Called when a bean has been advised.
	 * @param beanName the name of the bean
	 * @param targetClass the class of the bean, behind any proxy
	 * @param mode how
	 */
	protected void advised(String beanName, Class<?> targetClass, InstrumentationMode mode) {
	}

	@Override
	public @Nullable Object postProcessBeforeInstantiation(Class<?> beanClass, String beanName) {
		// Left behind if an earlier attempt to create the bean failed
		this.earlyReferences.remove(beanName);
		return null;
	}

	@Override
	public Object getEarlyBeanReference(Object bean, String beanName) {
		this.earlyReferences.add(beanName);
		return adviseSafely(bean, beanName);
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		return this.earlyReferences.remove(beanName) ? bean : adviseSafely(bean, beanName);
	}

	private Object adviseSafely(Object bean, String beanName) {
		try {
			return shouldSkip(bean) ? bean : advise(bean, beanName);
		}
		catch (Exception | LinkageError ex) {
			this.logger.warn("Bean '" + beanName
					+ "' is used as it is, not instrumented, because it could not be proxied: " + ex);
			return bean;
		}
	}

	private Object advise(Object bean, String beanName) {
		Class<?> targetClass = AopProxyUtils.ultimateTargetClass(bean);
		MethodInterceptor interceptor = interceptorFor(beanName, targetClass);
		if (interceptor == null || isAdvised(bean, interceptor) || MockitoMocks.contains(bean)) {
			return bean;
		}
		if (bean instanceof Advised advised && !advised.isFrozen()) {
			addInnermost(advised, advisor(interceptor));
			advised(beanName, targetClass, InstrumentationMode.EXISTING_PROXY);
			return bean;
		}
		if (permitsClassProxy(bean.getClass())) {
			Object proxy = classProxy(bean, interceptor);
			advised(beanName, targetClass, InstrumentationMode.CLASS_PROXY);
			return proxy;
		}
		if (ProxyEligibility.isKnownByInterfacesOnly(bean.getClass())) {
			Object proxy = interfaceProxy(bean, interceptor);
			advised(beanName, targetClass, InstrumentationMode.INTERFACE_PROXY);
			return proxy;
		}
		return adviseFinalClass(bean, beanName, interceptor);
	}

	private Advisor advisor(MethodInterceptor interceptor) {
		return new DefaultPointcutAdvisor(pointcut(), interceptor);
	}

	/**
	 * Return whether a bean is already advised: a bean method may return another bean.
	 */
	private static boolean isAdvised(Object bean, MethodInterceptor interceptor) {
		return bean instanceof Advised advised && Stream.of(advised.getAdvisors())
			.anyMatch((present) -> present.getAdvice().getClass() == interceptor.getClass());
	}

	private static void addInnermost(Advised advised, Advisor advisor) {
		boolean lastAdvisorActsAsTarget = advised.getTargetSource() instanceof EmptyTargetSource
				&& advised.getAdvisorCount() > 0;
		advised.addAdvisor(advised.getAdvisorCount() - (lastAdvisorActsAsTarget ? 1 : 0), advisor);
	}

	private Object classProxy(Object bean, MethodInterceptor interceptor) {
		ProxyFactory proxyFactory = new ProxyFactory();
		proxyFactory.setTarget(bean);
		proxyFactory.addAdvisor(advisor(interceptor));
		proxyFactory.setProxyTargetClass(true);
		return proxyFactory.getProxy(classLoaderFor(bean));
	}

	/**
	 * Create a proxy with all interfaces of a bean, but not its class.
	 */
	protected final Object interfaceProxy(Object bean, MethodInterceptor interceptor) {
		return InterfaceProxies.create(bean, advisor(interceptor), classLoaderFor(bean));
	}

	private @Nullable ClassLoader classLoaderFor(Object bean) {
		ClassLoader classLoader = this.classLoader;
		if (classLoader instanceof SmartClassLoader smartClassLoader
				&& classLoader != bean.getClass().getClassLoader()) {
			return smartClassLoader.getOriginalClassLoader();
		}
		return classLoader;
	}

}
