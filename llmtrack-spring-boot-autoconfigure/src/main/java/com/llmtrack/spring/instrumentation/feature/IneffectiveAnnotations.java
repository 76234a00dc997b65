// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

import com.llmtrack.spring.LlmCustomerId;
import com.llmtrack.spring.LlmFeature;
import com.llmtrack.spring.logging.LogOnce;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Reports each {@link LlmFeature} and {@link LlmCustomerId} of a method that no proxy can
 * intercept, or that does not do what it looks like, once. Says nothing of a method that
 * may work, such as one that its own bean calls: that is only known when the method is
 * called.
 */
final class IneffectiveAnnotations {

	private static final Log logger = LogFactory.getLog(IneffectiveAnnotations.class);

	private final LogOnce reported = LogOnce.forever();

	/**
	 * Report the annotations of a class and its superclasses.
	 * @param beanClass the class of a bean that has features
	 */
	void report(Class<?> beanClass) {
		Class<?> userClass = ClassUtils.getUserClass(beanClass);
		for (Class<?> type = userClass; type != null && type != Object.class; type = type.getSuperclass()) {
			if (AnnotationUtils.isCandidateClass(type, LlmFeature.class)) {
				for (Method method : ReflectionUtils.getDeclaredMethods(type)) {
					if (!method.isSynthetic() && FeaturePointcut.hasFeature(method)) {
						report("@LlmFeature", method, userClass);
					}
					else if (!method.isSynthetic() && FeaturePointcut.hasCustomer(method)) {
						report("@LlmCustomerId", method, userClass);
					}
				}
			}
		}
	}

	private void report(String annotation, Method method, Class<?> userClass) {
		String problem = problem(method, userClass);
		if (problem != null && this.reported.isDue(method)) {
			logger.warn(annotation + " has no effect on " + problem);
		}
	}

	private static @Nullable String problem(Method method, Class<?> userClass) {
		String name = method.getDeclaringClass().getName() + "." + method.getName() + "(…)";
		if (MergedAnnotations.from(method).isPresent(Bean.class)) {
			return "the requests of the bean that " + name + " creates. Annotate the class or the methods of the bean, "
					+ "or use LlmContext.feature(\"…\").run(…) in it.";
		}
		String obstacle = obstacle(method, userClass);
		return (obstacle != null) ? name + ", because " + obstacle + ". Call a method of another bean that is "
				+ "annotated, or use LlmContext.feature(\"…\").run(…)." : null;
	}

	/**
	 * Return why no proxy can override a method.
	 */
	private static @Nullable String obstacle(Method method, Class<?> userClass) {
		int modifiers = method.getModifiers();
		if (Modifier.isPrivate(modifiers)) {
			return "it is private";
		}
		if (Modifier.isStatic(modifiers)) {
			return "it is static";
		}
		boolean packagePrivate = !Modifier.isPublic(modifiers) && !Modifier.isProtected(modifiers);
		return (packagePrivate && !method.getDeclaringClass().getPackageName().equals(userClass.getPackageName()))
				? "it is package-private, and " + userClass.getName() + " is in another package" : null;
	}

}
