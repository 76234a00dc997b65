// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

import com.llmtrack.spring.instrumentation.proxy.InstrumentationMode;
import com.llmtrack.spring.instrumentation.usage.ModelProviders;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.StreamingChatModel;
import org.springframework.aop.scope.ScopedProxyUtils;

/**
 * The model beans of the application and how each is instrumented. An observation does
 * not tell which bean it comes from; this knows which one it can be. Safe for any thread.
 */
final class ModelBeans {

	private static final Log logger = LogFactory.getLog(ModelBeans.class);

	private final Map<String, ModelBean> beans = new ConcurrentHashMap<>();

	/** Classes of models by name, before anybody had a chance to wrap the bean. */
	private final Map<String, Class<?>> unwrapped = new ConcurrentHashMap<>();

	private final Map<Class<?>, String> injections = new ConcurrentHashMap<>();

	private final Set<String> injected = ConcurrentHashMap.newKeySet();

	void add(String name, Class<?> beanType, InstrumentationMode mode) {
		if (ModelProviders.isSpringAiModel(beanType)) {
			// Such as the product of a factory bean, which comes complete
			this.unwrapped.put(name, beanType);
		}
		Class<?> type = unwrapped(name, beanType);
		ModelBean bean = new ModelBean(name, type, mode);
		ModelBean known = this.beans.put(name, bean);
		// Most are new, and the first comparison of records takes milliseconds
		if (known != null && known.equals(bean)) {
			// Another instance of a prototype
			return;
		}
		if (mode == InstrumentationMode.OBSERVATIONS && !ModelProviders.isSpringAiModel(type)) {
			logger.warn("The requests of model bean '" + name + "' can't be recorded unless it makes observations: "
					+ "a proxy can't take the place of " + type.getName()
					+ ". Set llmtrack.instrumentation.final-models to 'proxy', or exclude the bean by "
					+ "llmtrack.instrumentation.exclude-beans.");
		}
		else if (logger.isDebugEnabled()) {
			logger.debug("The requests of model bean '" + name + "' (" + type.getName() + ") are recorded " + mode);
		}
	}

	/**
	 * Note the class of a bean that others may wrap.
	 */
	void expectWrapper(String name, Class<?> type) {
		if (ModelProviders.isSpringAiModel(type)) {
			this.unwrapped.put(name, type);
		}
		else {
			// A scope may have created another model before
			this.unwrapped.remove(name);
		}
	}

	/**
	 * Return the class of the model that a bean is, or that it wraps as far as that is
	 * known.
	 */
	Class<?> unwrapped(String name, Class<?> type) {
		return ModelProviders.isSpringAiModel(type) ? type : this.unwrapped.getOrDefault(name, type);
	}

	/**
	 * Add a bean that has not been created yet, unless it is known.
	 */
	void expect(String name, Class<?> type, InstrumentationMode mode) {
		this.beans.putIfAbsent(name, new ModelBean(name, type, mode));
	}

	/**
	 * Return the name of a bean as users know it, also for the target of a scoped proxy.
	 */
	static String nameForUsers(String beanName) {
		return ScopedProxyUtils.isScopedTarget(beanName) ? ScopedProxyUtils.getOriginalBeanName(beanName) : beanName;
	}

	/**
	 * Return whether a dependency of a type may be a model injected by its class.
	 */
	static boolean mayBeInjectedByClass(Class<?> type) {
		return StreamingChatModel.class.isAssignableFrom(type) && !type.isInterface();
	}

	/**
	 * Note a dependency that may be a model injected by its class.
	 */
	void addInjection(Class<?> type, @Nullable String into) {
		this.injections.putIfAbsent(type, (into != null) ? into : "an unnamed bean");
	}

	/**
	 * Note that somebody has the proxy of a model.
	 */
	void addInjected(String name) {
		this.injected.add(name);
	}

	/**
	 * Warn of models that were injected by their class, where they can't be instrumented,
	 * or not injected at all.
	 * @param observed whether Spring AI's models are observed there
	 */
	void reportGaps(BooleanSupplier observed) {
		for (ModelBean bean : this.beans.values()) {
			if (bean.mode() == InstrumentationMode.INJECTION_POINTS
					&& !(ModelProviders.isSpringAiModel(bean.type()) && observed.getAsBoolean())) {
				String into = this.injections.get(bean.type());
				if (into != null) {
					reportGap(bean, "is injected into '" + into + "' by its class, where its requests");
				}
				else if (!this.injected.contains(bean.name())) {
					reportGap(bean, "is not injected as ChatModel. If it is looked up by its name or by getBean, its "
							+ "requests");
				}
			}
		}
	}

	private static void reportGap(ModelBean bean, String gap) {
		logger.warn("Model bean '" + bean.name() + "' " + gap
				+ " can't be recorded unless it makes observations: a proxy can't take the place of "
				+ bean.type().getName() + ". Inject it as ChatModel, hand it to ModelInstrumentation, or exclude the "
				+ "bean by llmtrack.instrumentation.exclude-beans.");
	}

	/**
	 * Return the model beans that were created so far, ordered by name.
	 */
	List<InstrumentedModel> instrumentedModels() {
		return this.beans.values()
			.stream()
			.sorted(Comparator.comparing(ModelBean::name))
			.map((bean) -> new InstrumentedModel(bean.name(), bean.type().getName(),
					bean.mode() != InstrumentationMode.EXCLUDED, bean.mode().toString()))
			.toList();
	}

	/**
	 * Return the name of the bean that an observed request to a provider comes from.
	 * @param kind the kind of model that made it
	 * @return the name, or {@code null} unless exactly one bean is possible
	 */
	@Nullable String nameOfObserved(String provider, Class<?> kind) {
		List<ModelBean> candidates = bareBeans(provider, kind);
		return (candidates.size() == 1) ? candidates.get(0).name() : null;
	}

	/**
	 * Return whether an observed request to a provider comes from an excluded bean.
	 */
	boolean isExcluded(String provider, Class<?> kind) {
		List<ModelBean> candidates = bareBeans(provider, kind);
		return !candidates.isEmpty()
				&& candidates.stream().allMatch((bean) -> bean.mode() == InstrumentationMode.EXCLUDED);
	}

	private List<ModelBean> bareBeans(String provider, Class<?> kind) {
		return this.beans.values()
			.stream()
			.filter((bean) -> bean.mode().leavesModelBare() && kind.isAssignableFrom(bean.type())
					&& bean.provider().equals(provider))
			.toList();
	}

	void clear() {
		this.beans.clear();
		this.unwrapped.clear();
		this.injections.clear();
		this.injected.clear();
	}

	private record ModelBean(String name, Class<?> type, InstrumentationMode mode) {

		String provider() {
			return ModelProviders.providerOf(this.type);
		}

	}

}
