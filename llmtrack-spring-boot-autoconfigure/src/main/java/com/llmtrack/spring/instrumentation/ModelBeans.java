/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package com.llmtrack.spring.instrumentation;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.StreamingChatModel;

/**
 * The model beans of the application and how each is covered. An observation does not
 * tell which bean it comes from; this knows which one it can be. Safe for any thread.
 */
final class ModelBeans {

	private static final Log logger = LogFactory.getLog(ModelBeans.class);

	private final Map<String, ModelBean> beans = new ConcurrentHashMap<>();

	private final Map<Class<?>, String> injections = new ConcurrentHashMap<>();

	void add(String name, Class<?> type, Coverage coverage) {
		ModelBean bean = new ModelBean(name, type, coverage);
		// Compared with a bean only: the first comparison of a record makes many classes
		ModelBean known = this.beans.put(name, bean);
		if (known != null && known.equals(bean)) {
			// Of a prototype, once is enough
			return;
		}
		if (coverage == Coverage.OBSERVATIONS && !ModelProviders.isSpringAis(type)) {
			logger.warn("The requests of model bean '" + name + "' can't be tracked unless it makes observations: "
					+ "a proxy can't take the place of " + type.getName()
					+ ". Set llmtrack.instrumentation.final-models to 'proxy', or exclude the bean by "
					+ "llmtrack.instrumentation.exclude-beans.");
		}
		else if (logger.isDebugEnabled()) {
			logger.debug("The requests of model bean '" + name + "' (" + type.getName() + ") are tracked " + coverage);
		}
	}

	/**
	 * Note that a dependency is injected, maybe a model by its class.
	 */
	void addInjection(Class<?> type, @Nullable String into) {
		if (StreamingChatModel.class.isAssignableFrom(type) && !type.isInterface()) {
			this.injections.putIfAbsent(type, (into != null) ? into : "an unnamed bean");
		}
	}

	/**
	 * Warn of models that were injected in a way in which they can't be measured.
	 */
	void reportGaps() {
		for (ModelBean bean : this.beans.values()) {
			String into = this.injections.get(bean.type());
			if (into != null && bean.hasToBeInjectedByInterface()) {
				logger.warn("Model bean '" + bean.name() + "' is injected into '" + into
						+ "' by its class, where its requests can't be tracked unless it makes observations: "
						+ "a proxy can't take the place of " + bean.type().getName()
						+ ". Inject it as ChatModel, or exclude the bean by llmtrack.instrumentation.exclude-beans.");
			}
		}
	}

	/**
	 * Return all model beans that there are so far.
	 */
	List<CoveredModel> covered() {
		return this.beans.values()
			.stream()
			.sorted(Comparator.comparing(ModelBean::name))
			.map((bean) -> new CoveredModel(bean.name(), bean.type().getName(), bean.coverage() != Coverage.EXCLUDED,
					bean.coverage().toString()))
			.toList();
	}

	/**
	 * Return the name of the bean that an observed request of a provider was made of.
	 * @param kind the kind of model that made it
	 * @return the name, or {@code null} if it could be none or more than one
	 */
	@Nullable String nameOfObserved(String provider, Class<?> kind) {
		List<ModelBean> candidates = bareBeans(provider, kind);
		return (candidates.size() == 1) ? candidates.get(0).name() : null;
	}

	/**
	 * Return whether an observed request of a provider was made of an excluded bean.
	 */
	boolean isExcluded(String provider, Class<?> kind) {
		List<ModelBean> candidates = bareBeans(provider, kind);
		return !candidates.isEmpty() && candidates.stream().allMatch((bean) -> bean.coverage() == Coverage.EXCLUDED);
	}

	private List<ModelBean> bareBeans(String provider, Class<?> kind) {
		return this.beans.values()
			.stream()
			.filter((bean) -> bean.coverage().leavesModelBare() && kind.isAssignableFrom(bean.type())
					&& bean.provider().equals(provider))
			.toList();
	}

	private record ModelBean(String name, Class<?> type, Coverage coverage) {

		String provider() {
			return ModelProviders.providerOf(this.type);
		}

		boolean hasToBeInjectedByInterface() {
			return this.coverage == Coverage.INJECTION_POINTS && !ModelProviders.isSpringAis(this.type);
		}

	}

}
