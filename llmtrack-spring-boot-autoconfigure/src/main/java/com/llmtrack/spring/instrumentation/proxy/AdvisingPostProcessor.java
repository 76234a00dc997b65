// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.proxy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

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
 * Gives beans an advisor without any risk for the start of the application: an existing
 * proxy takes the advisor in as its innermost one, any other bean gets a proxy of its own
 * class, and what can't be proxied stays as it is. Takes part in circular references as
 * Spring's own proxies do.
 */
public abstract class AdvisingPostProcessor
		implements SmartInstantiationAwareBeanPostProcessor, BeanClassLoaderAware, Ordered, AopInfrastructureBean {

	protected final Log logger = LogFactory.getLog(getClass());

	private final Set<String> earlyReferences = ConcurrentHashMap.newKeySet();

	private @Nullable ClassLoader classLoader = ClassUtils.getDefaultClassLoader();

	/**
	 * Proxies of the application's own advisors come first, to take our advisor in.
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
	 * @return the interceptor, or {@code null} if the bean is none of this
	 * post-processor's
	 */
	protected abstract @Nullable MethodInterceptor interceptorFor(String beanName, Class<?> targetClass);

	/**
	 * Return the methods to intercept of the beans that there is an interceptor for.
	 * @return the pointcut
	 */
	protected abstract Pointcut pointcut();

	/**
	 * Proxy a bean whose class can't be extended.
	 * @param bean the bean, which has no proxy yet
	 * @param beanName the name of the bean
	 * @param interceptor the interceptor for it
	 * @return the proxy, or the bean itself if it has to stay as it is
	 */
	protected abstract Object adviseUnextendable(Object bean, String beanName, MethodInterceptor interceptor);

	/**
	 * Return whether a proxy can take the place of a bean.
	 * @param beanClass the class of the bean
	 * @return whether a proxy can extend it without breaking anything
	 */
	protected boolean isExtendable(Class<?> beanClass) {
		return ProxyEligibility.contains(beanClass);
	}

	/**
	 * Return whether a bean is to stay as it is: of a scoped proxy, the target is the
	 * bean to advise.
	 * @param bean the bean
	 * @return whether it is none to advise
	 */
	protected boolean isLeftAlone(Object bean) {
		return bean instanceof AopInfrastructureBean;
	}

	/**
	 * Take note that the calls of a bean are covered from now on.
	 * @param beanName the name of the bean
	 * @param targetClass the class of the bean, behind any proxy
	 * @param coverage how
	 */
	protected void covered(String beanName, Class<?> targetClass, InstrumentationMode coverage) {
	}

	@Override
	public @Nullable Object postProcessBeforeInstantiation(Class<?> beanClass, String beanName) {
		// Left over if an earlier attempt to create the bean failed
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
			return isLeftAlone(bean) ? bean : advise(bean, beanName);
		}
		catch (Exception | LinkageError ex) {
			this.logger
				.warn("Bean '" + beanName + "' is used as it is, untracked, because it could not be proxied: " + ex);
			return bean;
		}
	}

	private Object advise(Object bean, String beanName) {
		Class<?> targetClass = AopProxyUtils.ultimateTargetClass(bean);
		MethodInterceptor interceptor = interceptorFor(beanName, targetClass);
		if (interceptor == null || isAdvised(bean, interceptor) || Mocks.contains(bean)) {
			return bean;
		}
		if (bean instanceof Advised advised && !advised.isFrozen()) {
			addInnermost(advised, advisor(interceptor));
			covered(beanName, targetClass, InstrumentationMode.EXISTING_PROXY);
			return bean;
		}
		if (isExtendable(bean.getClass())) {
			Object proxy = classProxy(bean, interceptor);
			covered(beanName, targetClass, InstrumentationMode.CLASS_PROXY);
			return proxy;
		}
		return adviseUnextendable(bean, beanName, interceptor);
	}

	private Advisor advisor(MethodInterceptor interceptor) {
		return new DefaultPointcutAdvisor(pointcut(), interceptor);
	}

	/**
	 * Return whether a bean is advised already: one bean may hand out another.
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
		ProxyFactory proxyFactory = proxyFactory(bean, interceptor);
		proxyFactory.setProxyTargetClass(true);
		return proxyFactory.getProxy(classLoaderFor(bean));
	}

	/**
	 * Create a proxy that has all interfaces of a bean, but not its class.
	 */
	protected final Object interfaceProxy(Object bean, MethodInterceptor interceptor) {
		ProxyFactory proxyFactory = proxyFactory(bean, interceptor);
		ClassUtils.getAllInterfacesForClassAsSet(bean.getClass(), this.classLoader).forEach(proxyFactory::addInterface);
		ProxyEligibility.behindSealed(bean.getClass()).forEach(proxyFactory::addInterface);
		return proxyFactory.getProxy(classLoaderFor(bean));
	}

	private ProxyFactory proxyFactory(Object bean, MethodInterceptor interceptor) {
		ProxyFactory proxyFactory = new ProxyFactory();
		proxyFactory.setTarget(bean);
		proxyFactory.addAdvisor(advisor(interceptor));
		return proxyFactory;
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
