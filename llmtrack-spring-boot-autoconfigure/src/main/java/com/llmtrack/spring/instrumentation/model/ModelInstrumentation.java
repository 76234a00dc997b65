// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.llmtrack.spring.instrumentation.call.ApplicationBeans;
import com.llmtrack.spring.instrumentation.call.InstrumentationSettings;
import com.llmtrack.spring.instrumentation.call.ModelCalls;
import com.llmtrack.spring.instrumentation.proxy.InstrumentationMode;
import com.llmtrack.spring.instrumentation.proxy.ProxyEligibility;
import com.llmtrack.spring.instrumentation.usage.ModelProviders;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.StreamingChatModel;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

/**
 * Instruments models, so that each of their requests gives one event.
 * <p>
 * Beans are instrumented by themselves. An application that builds a model by hand gives
 * it the {@link io.micrometer.observation.ObservationRegistry ObservationRegistry} of its
 * context, or has it instrumented here:
 *
 * <pre class="code">
 * ChatModel model = modelInstrumentation.instrument(OllamaChatModel.builder()...build());
 * </pre>
 *
 * There is always a bean of this type, so that code which uses it works whether tracking
 * is on or not. Safe for any thread; waits for nothing.
 *
 * @since 0.1.0
 */
public final class ModelInstrumentation implements SmartInitializingSingleton, DisposableBean {

	private final ApplicationBeans applicationBeans;

	private final ModelCalls calls;

	private final ConvenienceMethods conveniences = new ConvenienceMethods();

	private final ModelBeans beans = new ModelBeans();

	private final RawModels rawModels = new RawModels();

	private final boolean active;

	/**
	 * Create an instrumentation.
	 * @param applicationBeans the application's settings and beans
	 */
	public ModelInstrumentation(ApplicationBeans applicationBeans) {
		this(applicationBeans, true);
	}

	private ModelInstrumentation(ApplicationBeans applicationBeans, boolean active) {
		this.applicationBeans = applicationBeans;
		this.calls = new ModelCalls(applicationBeans);
		this.active = active;
	}

	/**
	 * Create an instrumentation for an application in which tracking is off: it leaves
	 * every model as it is.
	 * @return the instrumentation
	 */
	public static ModelInstrumentation inactive() {
		return new ModelInstrumentation(ApplicationBeans.none(), false);
	}

	/**
	 * Instrument a chat model that is no bean.
	 * @param model the model
	 * @return a model that does the same and is tracked; the given one if it is tracked
	 * already or tracking is off
	 */
	public ChatModel instrument(ChatModel model) {
		return (ChatModel) instrumented(model, null);
	}

	/**
	 * Instrument a chat model that is no bean.
	 * @param model the model
	 * @param name stands for the name of a bean in {@code llmtrack.providers}
	 * @return a model that does the same and is tracked; the given one if it is tracked
	 * already or tracking is off
	 */
	public ChatModel instrument(ChatModel model, String name) {
		Assert.hasText(name, "'name' must have text");
		return (ChatModel) instrumented(model, name);
	}

	/**
	 * Instrument an embedding model that is no bean, also if embeddings are not tracked
	 * otherwise.
	 * @param model the model
	 * @return a model that does the same and is tracked; the given one if it is tracked
	 * already or tracking is off
	 */
	public EmbeddingModel instrument(EmbeddingModel model) {
		return (EmbeddingModel) instrumented(model, null);
	}

	/**
	 * Instrument an embedding model that is no bean, also if embeddings are not tracked
	 * otherwise.
	 * @param model the model
	 * @param name stands for the name of a bean in {@code llmtrack.providers}
	 * @return a model that does the same and is tracked; the given one if it is tracked
	 * already or tracking is off
	 */
	public EmbeddingModel instrument(EmbeddingModel model, String name) {
		Assert.hasText(name, "'name' must have text");
		return (EmbeddingModel) instrumented(model, name);
	}

	private Object instrumented(Object model, @Nullable String name) {
		Assert.notNull(model, "'model' must not be null");
		if (!this.active || isInstrumented(model)) {
			return model;
		}
		Object known = this.rawModels.measured(model);
		return (known != model) ? known : proxy(model, interceptor(name, model.getClass(), true));
	}

	private static Object proxy(Object model, ModelInterceptor interceptor) {
		ProxyFactory proxyFactory = new ProxyFactory(ClassUtils.getAllInterfaces(model));
		ProxyEligibility.behindSealed(model.getClass()).forEach(proxyFactory::addInterface);
		proxyFactory.setTarget(model);
		proxyFactory.addAdvisor(new DefaultPointcutAdvisor(ModelMethods.POINTCUT, interceptor));
		return proxyFactory.getProxy(model.getClass().getClassLoader());
	}

	/**
	 * Return whether a model is a proxy that measures already.
	 */
	public static boolean isInstrumented(Object model) {
		return model instanceof Advised advised && Stream.of(advised.getAdvisors())
			.anyMatch((advisor) -> advisor.getAdvice() instanceof ModelInterceptor);
	}

	/**
	 * Return the interceptor for a bean.
	 * @param beanName name of the bean
	 * @param beanClass class of the bean, behind any proxy
	 * @return the interceptor, or {@code null} if the bean is no model or is not to be
	 * tracked
	 */
	public @Nullable ModelInterceptor interceptorFor(String beanName, Class<?> beanClass) {
		if (!isModel(beanClass)) {
			return null;
		}
		if (settings().isExcluded(beanName)) {
			this.beans.add(beanName, beanClass, InstrumentationMode.EXCLUDED);
			return null;
		}
		return interceptor(beanName, beanClass, settings().embeddings());
	}

	private boolean isModel(Class<?> type) {
		return StreamingChatModel.class.isAssignableFrom(type) || (EmbeddingModel.class.isAssignableFrom(type)
				&& settings().embeddings() && !ModelProviders.isLocal(ModelProviders.providerOf(type)));
	}

	private ModelInterceptor interceptor(@Nullable String name, Class<?> modelClass, boolean embeddings) {
		if (!ModelProviders.isSpringAis(modelClass)) {
			this.calls.expectDecorators();
		}
		return new ModelInterceptor(this.calls, this.conveniences, name, embeddings);
	}

	/**
	 * Return the places in the application's code that made requests without a feature.
	 * @return the number of requests by place, which is the class, method and line; each
	 * place had at least so many, since not all are counted under load
	 */
	public Map<String, Long> callSitesWithoutFeature() {
		return this.calls.callSitesWithoutFeature();
	}

	/**
	 * Return the model beans that were created so far, and how each is covered.
	 * @return the model beans, ordered by name
	 */
	public List<InstrumentedModel> instrumentedModels() {
		return this.beans.covered();
	}

	public ModelObservationHandler observationHandler() {
		return new ModelObservationHandler(this.calls, this.beans, this::settings);
	}

	public ModelBeans beans() {
		return this.beans;
	}

	public RawModels rawModels() {
		return this.rawModels;
	}

	public InstrumentationSettings settings() {
		return this.applicationBeans.settings();
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.calls.open();
		this.beans.reportGaps();
	}

	@Override
	public void destroy() {
		this.calls.close();
	}

}
