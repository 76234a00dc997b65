// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.internals;

import java.lang.annotation.Annotation;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.annotation.QualifierAnnotationAutowireCandidateResolver;
import org.springframework.beans.factory.config.BeanDefinitionHolder;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.beans.factory.support.AutowireCandidateResolver;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.annotation.ContextAnnotationAutowireCandidateResolver;

/**
 * Replaces what a bean factory injects, in front of the resolver that it had before.
 * Relies on the bean factory asking a resolver for a lazy proxy before it resolves a
 * dependency, and injecting whatever the resolver suggests as the value. It asks for the
 * latter only where a bean is looked up later, by an {@code ObjectProvider}, an
 * {@code Optional}, a lazy proxy or the like.
 * <p>
 * Extends Spring's standard resolver only because others, such as Spring's own
 * {@code CustomAutowireConfigurer}, replace a resolver that does not.
 */
public abstract class InjectionInterceptor extends ContextAnnotationAutowireCandidateResolver {

	private final AutowireCandidateResolver delegate;

	private final DefaultListableBeanFactory beanFactory;

	private final LookUpOwners owners;

	/** What this resolves at the moment, as if there was no interceptor. */
	private final ThreadLocal<@Nullable DependencyDescriptor> resolving = new ThreadLocal<>();

	/**
	 * Create an interceptor, which is not in use yet.
	 * @param beanFactory the bean factory that injects
	 */
	protected InjectionInterceptor(DefaultListableBeanFactory beanFactory) {
		this.delegate = beanFactory.getAutowireCandidateResolver();
		this.beanFactory = beanFactory;
		this.owners = new LookUpOwners(beanFactory);
	}

	/**
	 * Return whether to replace what an injection point gets.
	 * @param descriptor the injection point
	 * @param beanName the bean that it belongs to, if it is one
	 * @return whether to call {@link #replace}
	 */
	protected abstract boolean supports(DependencyDescriptor descriptor, @Nullable String beanName);

	/**
	 * Return what to inject.
	 * @param resolved what the bean factory would inject: a bean, or an array, a
	 * collection or a map of beans
	 * @param beanNames the names of the beans
	 * @return the replacement
	 */
	protected abstract Object replace(Object resolved, Set<String> beanNames);

	/**
	 * Return the type of the beans that a bean looks up later, if they may have to be
	 * replaced.
	 * @param descriptor the injection point of what looks them up
	 * @return the type, or {@code null} not to call {@link #replaceLookedUp}
	 */
	protected abstract @Nullable Class<?> typeToReplace(DependencyDescriptor descriptor);

	/**
	 * Return what a bean gets that looks up others.
	 * @param resolved what it would get: a bean, or an array, a collection or a map of
	 * beans
	 * @param beanNames the names of the beans
	 * @return the replacement
	 */
	protected abstract Object replaceLookedUp(Object resolved, Set<String> beanNames);

	/**
	 * Return what to inject instead of any bean.
	 * @param descriptor the injection point
	 * @return the value, or {@code null} to leave it to the bean factory
	 */
	protected abstract @Nullable Object valueFor(DependencyDescriptor descriptor);

	@Override
	public @Nullable Object getLazyResolutionProxyIfNecessary(DependencyDescriptor descriptor,
			@Nullable String beanName) {
		Object lazyProxy = this.delegate.getLazyResolutionProxyIfNecessary(descriptor, beanName);
		if (lazyProxy != null || !supports(descriptor, beanName)) {
			return lazyProxy;
		}
		Set<String> dependencies = new LinkedHashSet<>();
		Object resolved = resolve(descriptor, beanName, dependencies);
		if (beanName != null) {
			registerDependencies(beanName, dependencies);
		}
		return (resolved == null || isCollectionBean(resolved, dependencies)) ? resolved
				: replace(resolved, dependencies);
	}

	private @Nullable Object resolve(DependencyDescriptor descriptor, @Nullable String beanName,
			Set<String> dependencies) {
		DependencyDescriptor outer = this.resolving.get();
		this.resolving.set(descriptor);
		try {
			return this.beanFactory.doResolveDependency(descriptor, beanName, dependencies, null);
		}
		finally {
			if (outer != null) {
				this.resolving.set(outer);
			}
			else {
				this.resolving.remove();
			}
		}
	}

	private void registerDependencies(String beanName, Set<String> dependencies) {
		for (String dependency : dependencies) {
			if (this.beanFactory.containsBean(dependency)) {
				this.beanFactory.registerDependentBean(dependency, beanName);
			}
		}
	}

	/**
	 * Return whether a collection is a bean itself. The application may rely on the
	 * identity of such a bean.
	 */
	private boolean isCollectionBean(Object resolved, Set<String> dependencies) {
		return (resolved instanceof Collection || resolved instanceof Map) && dependencies.stream()
			.anyMatch((dependency) -> this.beanFactory.getSingleton(dependency) == resolved);
	}

	@Override
	public @Nullable Object getSuggestedValue(DependencyDescriptor descriptor) {
		Object value = this.delegate.getSuggestedValue(descriptor);
		if (value == null) {
			value = valueFor(descriptor);
		}
		return (value != null) ? value : lookUp(descriptor);
	}

	private @Nullable Object lookUp(DependencyDescriptor descriptor) {
		Class<?> type = (this.resolving.get() != descriptor) ? typeToReplace(descriptor) : null;
		Set<String> owners = (type != null) ? this.owners.find(descriptor, type) : null;
		if (owners == null || owners.size() > 1) {
			// Left to the bean factory, which knows what the owner may look up
			return null;
		}
		Set<String> beanNames = new LinkedHashSet<>();
		Object resolved = resolve(descriptor, owners.isEmpty() ? null : owners.iterator().next(), beanNames);
		if (resolved == null || isCollectionBean(resolved, beanNames)) {
			return resolved;
		}
		return (resolved instanceof Stream<?> beans) ? InterfaceStream.of(descriptor.getDependencyType(),
				beans.map((bean) -> replaceLookedUp(bean, beanNames))) : replaceLookedUp(resolved, beanNames);
	}

	/**
	 * Let go of the bean factory, which then injects as if there was no interceptor.
	 */
	public final void remove() {
		if (this.beanFactory.getAutowireCandidateResolver() == this) {
			this.beanFactory.setAutowireCandidateResolver(this.delegate);
		}
	}

	@Override
	public void addQualifierType(Class<? extends Annotation> qualifierType) {
		super.addQualifierType(qualifierType);
		if (this.delegate instanceof QualifierAnnotationAutowireCandidateResolver qualifiers) {
			qualifiers.addQualifierType(qualifierType);
		}
	}

	@Override
	public void setValueAnnotationType(Class<? extends Annotation> valueAnnotationType) {
		super.setValueAnnotationType(valueAnnotationType);
		if (this.delegate instanceof QualifierAnnotationAutowireCandidateResolver values) {
			values.setValueAnnotationType(valueAnnotationType);
		}
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		super.setBeanFactory(beanFactory);
		if (this.delegate instanceof BeanFactoryAware aware) {
			aware.setBeanFactory(beanFactory);
		}
	}

	@Override
	public boolean isAutowireCandidate(BeanDefinitionHolder holder, DependencyDescriptor descriptor) {
		return this.delegate.isAutowireCandidate(holder, descriptor);
	}

	@Override
	public boolean isRequired(DependencyDescriptor descriptor) {
		return this.delegate.isRequired(descriptor);
	}

	@Override
	public boolean hasQualifier(DependencyDescriptor descriptor) {
		return this.delegate.hasQualifier(descriptor);
	}

	@Override
	public @Nullable String getSuggestedName(DependencyDescriptor descriptor) {
		return this.delegate.getSuggestedName(descriptor);
	}

	@Override
	public @Nullable Class<?> getLazyResolutionProxyClass(DependencyDescriptor descriptor, @Nullable String beanName) {
		return this.delegate.getLazyResolutionProxyClass(descriptor, beanName);
	}

	@Override
	public AutowireCandidateResolver cloneIfNecessary() {
		return this.delegate.cloneIfNecessary();
	}

}
