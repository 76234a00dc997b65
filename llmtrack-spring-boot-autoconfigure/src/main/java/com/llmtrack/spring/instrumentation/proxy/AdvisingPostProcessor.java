// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.proxy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import com.llmtrack.spring.instrumentation.internals.MockitoMocks;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.Advisor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopConfigException;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.target.EmptyTargetSource;
import org.springframework.core.Ordered;

/**
 * Adds an advisor to beans without a risk for the start of the application: an existing
 * proxy gets the advisor as its innermost one, any other bean gets a class proxy, and a
 * bean that cannot be proxied stays as it is. Supports circular references as Spring's
 * own proxies do.
 */
public abstract class AdvisingPostProcessor extends AheadOfTimePostProcessor implements Ordered, AopInfrastructureBean {

	private final Set<String> earlyReferences = ConcurrentHashMap.newKeySet();

	/**
	 * The application's own advisors come first, so that this advisor is added to their
	 * proxies.
	 */
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	/**
	 * Return the interceptor for a bean.
	 * @param beanName the name of the bean
	 * @param targetClass the class of the bean, behind any proxy
	 * @return the interceptor, or {@code null} if the bean needs none
	 */
	protected abstract @Nullable MethodInterceptor interceptorFor(String beanName, Class<?> targetClass);

	/**
	 * Return whether Mockito's spies are advised as other beans are. Its mocks never are,
	 * as they have to see exactly the calls that the test makes.
	 * @return whether spies are advised
	 */
	protected boolean advisesSpies() {
		return false;
	}

	/**
	 * Advise a bean that has no proxy and whose class does not permit one.
	 * @param bean the bean
	 * @param beanName the name of the bean
	 * @param interceptor the interceptor for it
	 * @return the bean to use, which may be the bean itself
	 */
	protected abstract Object adviseFinalClass(Object bean, String beanName, MethodInterceptor interceptor);

	/**
	 * Advise a bean whose class seemed to permit a proxy. Native images have only those
	 * class proxies that were generated when they were built.
	 * @param bean the bean
	 * @param beanName the name of the bean
	 * @param interceptor the interceptor for it
	 * @param failure why there is no proxy
	 * @return the bean to use, which may be the bean itself
	 */
	protected Object adviseWithoutClassProxy(Object bean, String beanName, MethodInterceptor interceptor,
			AopConfigException failure) {
		throw failure;
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
			// Such as a scoped proxy, whose target is advised
			return (bean instanceof AopInfrastructureBean) ? bean : advise(bean, beanName);
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
		if (interceptor == null || isAdvised(bean, interceptor) || isLeftToTheTest(bean)) {
			return bean;
		}
		if (bean instanceof Advised advised && !advised.isFrozen()) {
			addInnermost(advised, advisor(interceptor));
			advised(beanName, targetClass, InstrumentationMode.EXISTING_PROXY);
			return bean;
		}
		if (permitsClassProxy(bean.getClass())) {
			return adviseByClassProxy(bean, beanName, interceptor);
		}
		if (ProxyEligibility.isKnownByInterfacesOnly(bean.getClass())) {
			Object proxy = interfaceProxy(bean, interceptor);
			advised(beanName, targetClass, InstrumentationMode.INTERFACE_PROXY);
			return proxy;
		}
		return adviseFinalClass(bean, beanName, interceptor);
	}

	private boolean isLeftToTheTest(Object bean) {
		return MockitoMocks.isMock(bean) && !(advisesSpies() && MockitoMocks.isSpy(bean));
	}

	private Object adviseByClassProxy(Object bean, String beanName, MethodInterceptor interceptor) {
		Object proxy;
		try {
			proxy = ClassProxies.create(bean, advisor(interceptor), classLoaderFor(bean.getClass()));
		}
		catch (AopConfigException ex) {
			return adviseWithoutClassProxy(bean, beanName, interceptor, ex);
		}
		advised(beanName, AopProxyUtils.ultimateTargetClass(bean), InstrumentationMode.CLASS_PROXY);
		return proxy;
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

	/**
	 * Create a proxy with all interfaces of a bean, but not its class.
	 */
	protected final Object interfaceProxy(Object bean, MethodInterceptor interceptor) {
		return InterfaceProxies.create(bean, advisor(interceptor), classLoaderFor(bean.getClass()));
	}

}
