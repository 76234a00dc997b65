// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import java.util.Set;
import java.util.function.Supplier;

import com.llmtrack.spring.LlmCustomer;
import com.llmtrack.spring.LlmFeature;
import com.llmtrack.spring.instrumentation.proxy.AdvisingPostProcessor;
import com.llmtrack.spring.instrumentation.proxy.EarlyPostProcessor;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.Pointcut;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.EmbeddedValueResolverAware;
import org.springframework.util.StringValueResolver;

/**
 * Applies {@link LlmFeature} annotations to beans.
 */
public final class FeaturePostProcessor extends AdvisingPostProcessor
		implements EmbeddedValueResolverAware, DisposableBean {

	private final boolean active;

	private final Supplier<@Nullable LlmCustomer> customers;

	private final IneffectiveAnnotations ineffectiveAnnotations = new IneffectiveAnnotations();

	/** Takes names as they are written. */
	private final FeaturePointcut declaredFeatures = new FeaturePointcut(new FeatureNames(null));

	private FeaturePointcut features = this.declaredFeatures;

	/**
	 * Create a post-processor.
	 * @param active whether requests are recorded; if not, beans stay as they are
	 * @param customers supplies the customer whom the thread works for where nothing else
	 * tells it, or {@code null}; does not throw
	 */
	public FeaturePostProcessor(boolean active, Supplier<@Nullable LlmCustomer> customers) {
		this.active = active;
		this.customers = customers;
	}

	/**
	 * Have beans processed that are created before this post-processor is in use.
	 * @param beanFactory creates the beans
	 * @param processorName the name of this post-processor
	 */
	public static void processEarlyBeans(DefaultListableBeanFactory beanFactory, String processorName) {
		beanFactory.addBeanPostProcessor(new EarlyPostProcessor(beanFactory, processorName,
				(bean) -> FeaturePointcut.mayHaveFeatures(AopProxyUtils.ultimateTargetClass(bean))));
	}

	@Override
	public void setEmbeddedValueResolver(StringValueResolver resolver) {
		this.features = new FeaturePointcut(new FeatureNames(resolver));
	}

	/**
	 * Return the features that the annotations on beans name, as far as beans were
	 * created.
	 */
	public Set<String> features() {
		return this.features.features();
	}

	/**
	 * Return whether annotations on beans tell customers, as far as beans were created.
	 */
	public boolean hasCustomers() {
		return this.features.hasCustomers();
	}

	@Override
	public void destroy() {
		this.features.close();
	}

	@Override
	protected @Nullable MethodInterceptor interceptorFor(String beanName, Class<?> targetClass) {
		if (!this.active || !this.features.hasFeatures(targetClass)) {
			return null;
		}
		this.ineffectiveAnnotations.report(targetClass);
		return new FeatureInterceptor(this.features, this.customers);
	}

	/**
	 * The real methods of a spy have their features, as they have their transactions.
	 */
	@Override
	protected boolean advisesSpies() {
		return true;
	}

	/**
	 * Take names as they are written, because placeholders may be resolved when the
	 * application runs only.
	 */
	@Override
	protected boolean mayHaveInterceptor(Class<?> type) {
		return this.declaredFeatures.hasFeatures(type);
	}

	@Override
	protected Pointcut pointcut() {
		return this.features;
	}

	@Override
	protected Object adviseFinalClass(Object bean, String beanName, MethodInterceptor interceptor) {
		String annotation = this.features.isFeatureDeclared(bean.getClass()) ? "@LlmFeature" : "@LlmCustomerId";
		this.logger.warn(annotation + " has no effect on bean '" + beanName + "', because " + bean.getClass().getName()
				+ " is final or sealed, or has a final method or a private one that Spring calls. Open the class, "
				+ "or open the feature with LlmContext.feature(…).open() inside its methods.");
		return bean;
	}

}
