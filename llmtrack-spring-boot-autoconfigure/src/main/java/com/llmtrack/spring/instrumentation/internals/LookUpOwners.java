// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.internals;

import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Which beans look up others. The bean factory leaves out the bean that looks up, and
 * those that its methods create, but does not tell a resolver the name of the bean. So
 * this finds the name where it matters: of beans that would be left out.
 */
final class LookUpOwners {

	private final DefaultListableBeanFactory beanFactory;

	LookUpOwners(DefaultListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * Return the names of the beans that may look up beans of a type by an injection
	 * point, and that matter.
	 * @return the names; {@code null} if one of them is not known
	 */
	@Nullable Set<String> find(DependencyDescriptor descriptor, Class<?> type) {
		Member member = descriptor.getMember();
		Set<String> owners = new LinkedHashSet<>();
		// Earlier, knowing a type could create a bean
		boolean eager = this.beanFactory.isConfigurationFrozen();
		for (String candidate : this.beanFactory.getBeanNamesForType(type, true, eager)) {
			Class<?> candidateType = this.beanFactory.getType(candidate, false);
			if (candidateType != null && member.getDeclaringClass().isAssignableFrom(candidateType)) {
				owners.add(candidate);
			}
			String creator = creator(member, candidate);
			if (creator != null) {
				owners.add(creator);
			}
		}
		return (owners.isEmpty() && type.isAssignableFrom(member.getDeclaringClass())) ? null : owners;
	}

	/**
	 * Return the bean whose injection point a member is, if it is the method that creates
	 * a candidate or belongs to the same bean.
	 */
	private @Nullable String creator(Member member, String candidate) {
		if (!this.beanFactory.containsBeanDefinition(candidate)
				|| !(this.beanFactory.getMergedBeanDefinition(candidate) instanceof RootBeanDefinition definition)) {
			return null;
		}
		Method factoryMethod = definition.getResolvedFactoryMethod();
		if (factoryMethod == null) {
			return null;
		}
		if (member instanceof Method method && AnnotatedElementUtils.hasAnnotation(method, Bean.class)) {
			return method.equals(factoryMethod) ? candidate : null;
		}
		return member.getDeclaringClass().isAssignableFrom(factoryMethod.getDeclaringClass())
				? definition.getFactoryBeanName() : null;
	}

}
