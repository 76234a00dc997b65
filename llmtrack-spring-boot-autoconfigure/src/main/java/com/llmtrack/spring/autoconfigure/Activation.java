// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.util.Arrays;

import com.llmtrack.spring.LlmUsageEventSink;
import com.llmtrack.spring.autoconfigure.Obstacle.Scope;
import com.llmtrack.spring.autoconfigure.Obstacle.Severity;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Whether LLMtrack is active in an application context, and if not, why: the one decision
 * that all others ask. Made once per context, when the first of them is created, from
 * properties, names of beans and the class path. It is no condition on beans, because
 * ahead-of-time processing evaluates conditions when the application is built, where the
 * key is missing and properties differ.
 */
final class Activation {

	static final String BEAN = "llmtrackActivation";

	static final String CONNECTION_BEAN = "llmtrackConnectionDetails";

	static final String DISPATCHER_BEAN = "llmtrackEventDispatcher";

	static final String BUDGETS_BEAN = "llmtrackBudgets";

	static final String INSTRUMENTATION_BEAN = "llmtrackModelInstrumentation";

	private final @Nullable Obstacle obstacle;

	private final boolean recording;

	private final boolean instrumentingBeans;

	private Activation(@Nullable Obstacle obstacle, boolean recording, boolean instrumentingBeans) {
		this.obstacle = obstacle;
		this.recording = recording;
		this.instrumentingBeans = instrumentingBeans;
	}

	/**
	 * Decide for an application context.
	 * @param beanFactory knows the names of its beans; none is created
	 * @param environment its properties
	 * @return the decision
	 */
	static Activation decide(ConfigurableListableBeanFactory beanFactory, ConfigurableEnvironment environment) {
		Binder properties = Binder.get(environment);
		Obstacle obstacle = obstacle(beanFactory, environment, properties);
		boolean recording = obstacle == null || (obstacle.scope() == Scope.DELIVERY
				&& (hasSink(beanFactory) || ConfiguredBudgets.exist(properties)));
		return new Activation(obstacle, recording,
				recording && isEnabled(properties, "llmtrack.instrumentation.enabled"));
	}

	/**
	 * Return the decision for an application context. By name, as a look-up by type takes
	 * time before all beans are known, which is when post-processors ask.
	 * @param beanFactory has the decision, unless the auto-configuration that decides is
	 * excluded
	 * @return the decision
	 */
	static Activation in(BeanFactory beanFactory) {
		return beanFactory.containsBean(BEAN) ? beanFactory.getBean(BEAN, Activation.class)
				: new Activation(Obstacle.DISABLED, false, false);
	}

	private static @Nullable Obstacle obstacle(ConfigurableListableBeanFactory beanFactory,
			ConfigurableEnvironment environment, Binder properties) {
		if (!isEnabled(properties, "llmtrack.enabled")) {
			return Obstacle.DISABLED;
		}
		Obstacle unsupported = SupportedLines.obstacle(beanFactory.getBeanClassLoader());
		if (unsupported != null) {
			return unsupported;
		}
		if (isDeliveredByParent(beanFactory)) {
			return null;
		}
		if (!isEnabled(properties, "llmtrack.delivery.enabled")) {
			return Obstacle.DELIVERY_DISABLED;
		}
		Obstacle obstacle = hasDetails(beanFactory) ? null : new ApiKeys(environment).obstacle();
		return (obstacle != null) ? obstacle : RequiredLibraries.obstacle(beanFactory.getBeanClassLoader());
	}

	private static boolean isEnabled(Binder properties, String name) {
		return properties.bind(name, Boolean.class).orElse(true);
	}

	/**
	 * Return whether the parent of an application context delivers events already, which
	 * takes those of its children as well.
	 */
	static boolean isDeliveredByParent(@Nullable BeanFactory beanFactory) {
		BeanFactory parent = (beanFactory instanceof ConfigurableListableBeanFactory child)
				? child.getParentBeanFactory() : null;
		return parent != null && in(parent).isDelivering();
	}

	/**
	 * Return whether the application has connection details of its own, whose key is not
	 * known before an event is sent.
	 */
	static boolean hasDetails(BeanFactory beanFactory) {
		return !beanFactory.containsBean(CONNECTION_BEAN)
				|| !beanFactory.isTypeMatch(CONNECTION_BEAN, PropertiesLlmTrackConnectionDetails.class);
	}

	private static boolean hasSink(ConfigurableListableBeanFactory beanFactory) {
		return Arrays
			.stream(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beanFactory, LlmUsageEventSink.class, true,
					false))
			.anyMatch((name) -> !name.equals(DISPATCHER_BEAN));
	}

	/**
	 * Return why nothing is delivered to LLMtrack, or {@code null} if events are.
	 */
	@Nullable Obstacle obstacle() {
		return this.obstacle;
	}

	boolean isDelivering() {
		return this.obstacle == null;
	}

	/**
	 * Return whether requests are recorded, for LLMtrack, for a {@link LlmUsageEventSink}
	 * of the application or for its budgets.
	 */
	boolean isRecording() {
		return this.recording;
	}

	/**
	 * Return whether model beans are instrumented, beside those models that the
	 * application hands over.
	 */
	boolean isInstrumentingBeans() {
		return this.instrumentingBeans;
	}

	/**
	 * Return whether nothing is delivered though the application means it to be.
	 */
	boolean isMistaken() {
		return this.obstacle != null && this.obstacle.severity().compareTo(Severity.INFO) > 0;
	}

}
