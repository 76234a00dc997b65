// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.llmtrack.spring.ModelInstrumentation;
import com.llmtrack.spring.instrumentation.call.ApplicationBeans;
import com.llmtrack.spring.instrumentation.call.InstrumentationSettings;
import com.llmtrack.spring.instrumentation.call.ModelCalls;
import com.llmtrack.spring.instrumentation.proxy.InstrumentationMode;
import com.llmtrack.spring.instrumentation.proxy.InterfaceProxies;
import com.llmtrack.spring.instrumentation.usage.ModelProviders;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.StreamingChatModel;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.util.Assert;

/**
 * Instruments models: those that the application hands over, and those that the
 * {@link ModelPostProcessor} and the {@link InstrumentedModelResolver} find. Where
 * LLMtrack is off, it returns every model as it is.
 */
public final class DefaultModelInstrumentation
		implements ModelInstrumentation, InstrumentedModels, SmartInitializingSingleton, DisposableBean {

	private final ModelCalls calls;

	private final ConvenienceMethods convenienceMethods = new ConvenienceMethods();

	private final ModelBeans beans = new ModelBeans();

	private final RawModels rawModels = new RawModels();

	private final boolean active;

	/**
	 * Create an instrumentation.
	 * @param applicationBeans the application's settings and beans
	 */
	public DefaultModelInstrumentation(ApplicationBeans applicationBeans) {
		this(applicationBeans, true);
	}

	private DefaultModelInstrumentation(ApplicationBeans applicationBeans, boolean active) {
		this.calls = new ModelCalls(applicationBeans);
		this.active = active;
	}

	/**
	 * Create an instrumentation for an application in which LLMtrack is off.
	 * @return the instrumentation
	 */
	public static DefaultModelInstrumentation inactive() {
		return new DefaultModelInstrumentation(ApplicationBeans.none(), false);
	}

	@Override
	public ChatModel instrument(ChatModel model) {
		return (ChatModel) instrumented(model, null);
	}

	@Override
	public ChatModel instrument(ChatModel model, String name) {
		Assert.hasText(name, "'name' must have text");
		return (ChatModel) instrumented(model, name);
	}

	@Override
	public EmbeddingModel instrument(EmbeddingModel model) {
		return (EmbeddingModel) instrumented(model, null);
	}

	@Override
	public EmbeddingModel instrument(EmbeddingModel model, String name) {
		Assert.hasText(name, "'name' must have text");
		return (EmbeddingModel) instrumented(model, name);
	}

	private Object instrumented(Object model, @Nullable String name) {
		Assert.notNull(model, "'model' must not be null");
		if (!this.active || isInstrumented(model)) {
			return model;
		}
		Object known = this.rawModels.instrumented(model);
		return (known != model) ? known : proxy(model, interceptor(name, model.getClass(), true));
	}

	private static boolean isInstrumented(Object model) {
		return model instanceof Advised advised
				&& Stream.of(advised.getAdvisors()).anyMatch(ModelMethods::isPointcutOf);
	}

	private static Object proxy(Object model, ModelInterceptor interceptor) {
		return InterfaceProxies.create(model, new DefaultPointcutAdvisor(ModelMethods.POINTCUT, interceptor),
				model.getClass().getClassLoader());
	}

	/**
	 * Return the interceptor for a bean.
	 * @param beanName name of the bean
	 * @param beanClass class of the bean, behind any proxy
	 * @return the interceptor, or {@code null} if the bean is no model or is not to be
	 * instrumented
	 */
	@Nullable ModelInterceptor interceptorFor(String beanName, Class<?> beanClass) {
		if (!this.active || !isModel(beanClass)) {
			return null;
		}
		if (settings().isExcluded(beanName)) {
			this.beans.add(beanName, beanClass, InstrumentationMode.EXCLUDED);
			return null;
		}
		return interceptor(beanName, beanClass, settings().embeddings());
	}

	/**
	 * Expect a model that its scope creates later.
	 * @param beanName name of the bean, or of the target of its proxy
	 * @param beanClass class of the bean, as far as it is known
	 */
	void expect(String beanName, Class<?> beanClass) {
		String name = ModelBeans.nameForUsers(beanName);
		if (isModel(beanClass)) {
			this.beans.expect(name, beanClass,
					settings().isExcluded(name) ? InstrumentationMode.EXCLUDED : InstrumentationMode.SCOPED_PROXY);
		}
	}

	private boolean isModel(Class<?> type) {
		// The settings last, as they must not be looked up for each bean
		return mayBeModel(type) && (StreamingChatModel.class.isAssignableFrom(type) || settings().embeddings());
	}

	/**
	 * Return whether a class is one of models that are instrumented, at least if the
	 * application wants that for its embedding models.
	 */
	static boolean mayBeModel(Class<?> type) {
		return StreamingChatModel.class.isAssignableFrom(type) || (EmbeddingModel.class.isAssignableFrom(type)
				&& !ModelProviders.isLocal(ModelProviders.providerOf(type)));
	}

	private ModelInterceptor interceptor(@Nullable String name, Class<?> modelClass, boolean embeddings) {
		if (!ModelProviders.isSpringAiModel(modelClass)) {
			this.calls.expectDecorators();
		}
		return new ModelInterceptor(this.calls, this.convenienceMethods, name, embeddings);
	}

	@Override
	public List<InstrumentedModel> instrumentedModels() {
		return this.beans.instrumentedModels();
	}

	@Override
	public Map<String, Long> callSitesWithoutFeature() {
		return this.calls.callSitesWithoutFeature();
	}

	boolean isActive() {
		return this.active;
	}

	/**
	 * Keep a failure of our own code from the application.
	 */
	void contain(Throwable failure) {
		this.calls.contain(failure);
	}

	ModelObservationHandler observationHandler() {
		return new ModelObservationHandler(this.calls, this.beans);
	}

	ModelBeans beans() {
		return this.beans;
	}

	RawModels rawModels() {
		return this.rawModels;
	}

	InstrumentationSettings settings() {
		return this.calls.settings();
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.calls.open();
		this.beans.reportGaps();
	}

	/**
	 * Let go of the application, as models, proxies and registries of observations may
	 * outlive it. Spring destroys beans in the reverse order of their creation, so that
	 * the requests that other beans make at their end are still recorded.
	 */
	@Override
	public void destroy() {
		this.calls.close();
		this.convenienceMethods.clear();
		this.beans.clear();
		this.rawModels.clear();
	}

}
