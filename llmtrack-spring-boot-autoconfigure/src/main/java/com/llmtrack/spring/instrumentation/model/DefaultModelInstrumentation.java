// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmUsageRecorder;
import com.llmtrack.spring.ModelInstrumentation;
import com.llmtrack.spring.instrumentation.call.ApplicationBeans;
import com.llmtrack.spring.instrumentation.call.FinalModels;
import com.llmtrack.spring.instrumentation.call.InstrumentationSettings;
import com.llmtrack.spring.instrumentation.call.ModelCalls;
import com.llmtrack.spring.instrumentation.call.UsageRecorder;
import com.llmtrack.spring.instrumentation.internals.MockitoMocks;
import com.llmtrack.spring.instrumentation.proxy.InstrumentationMode;
import com.llmtrack.spring.instrumentation.proxy.InterfaceProxies;
import com.llmtrack.spring.instrumentation.usage.ModelProviders;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.StreamingChatModel;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.framework.AopProxyUtils;
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

	private final ModelObservationHandler observationHandler;

	private final ObservedRegistries observedRegistries;

	private final boolean active;

	private volatile @Nullable UnseenModels unseenModels;

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
		this.observationHandler = new ModelObservationHandler(this.calls, this.beans);
		this.observedRegistries = new ObservedRegistries(this.observationHandler);
	}

	/**
	 * Create an instrumentation for an application in which LLMtrack is off.
	 * @return the instrumentation
	 */
	public static DefaultModelInstrumentation inactive() {
		DefaultModelInstrumentation instrumentation = new DefaultModelInstrumentation(ApplicationBeans.none(), false);
		instrumentation.calls.close();
		return instrumentation;
	}

	/**
	 * Return what records the requests that no model makes.
	 */
	public LlmUsageRecorder usageRecorder() {
		return new UsageRecorder(this.calls);
	}

	/**
	 * Return where models run tools, or {@code null} if LLMtrack is off.
	 */
	public @Nullable ToolTap toolTap() {
		return this.active ? new ToolTap(this.calls) : null;
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

	/**
	 * Return whether a model is instrumented, perhaps behind other proxies.
	 */
	private static boolean isInstrumented(Object model) {
		for (Object target = model; target != null; target = AopProxyUtils.getSingletonTarget(target)) {
			if (target instanceof Advised advised
					&& Stream.of(advised.getAdvisors()).anyMatch(ModelMethods::isPointcutOf)) {
				return true;
			}
		}
		return false;
	}

	private static Object proxy(Object model, MethodInterceptor interceptor) {
		return InterfaceProxies.create(model, new DefaultPointcutAdvisor(ModelMethods.POINTCUT, interceptor),
				model.getClass().getClassLoader());
	}

	/**
	 * Leave a model as it is in the container, and have its proxy injected.
	 * @return how it is instrumented
	 */
	InstrumentationMode leaveRaw(Object model, @Nullable String name, MethodInterceptor interceptor) {
		if (settings().finalModels() == FinalModels.OBSERVE) {
			this.rawModels.add(model, interceptor, UnaryOperator.identity());
			return InstrumentationMode.OBSERVATIONS;
		}
		this.rawModels.add(model, interceptor, (target) -> {
			if (name != null) {
				this.beans.addInjected(name);
			}
			return proxy(target, interceptor);
		});
		return InstrumentationMode.INJECTION_POINTS;
	}

	/**
	 * Return what to inject for a model: its proxy, if it needs one.
	 * @param model the model
	 * @param name supplies the name of its bean, if it is one
	 */
	Object injected(Object model, Supplier<@Nullable String> name) {
		try {
			if (this.rawModels.interceptorOf(model) == null && model instanceof StreamingChatModel
					&& !isInstrumented(model)) {
				adopt(model, name.get());
			}
			return this.rawModels.instrumented(model);
		}
		catch (Exception | LinkageError ex) {
			contain(ex);
			return model;
		}
	}

	/**
	 * Instrument a model bean, unless the post-processor has done so, or is not to.
	 */
	void adopt(Object model, @Nullable String name) {
		if (this.rawModels.interceptorOf(model) != null || isInstrumented(model)
				|| model instanceof AopInfrastructureBean || MockitoMocks.isMock(model)) {
			return;
		}
		Class<?> modelClass = AopProxyUtils.ultimateTargetClass(model);
		ModelInterceptor interceptor = (name != null) ? interceptorFor(name, modelClass)
				: interceptor(null, modelClass, settings().embeddings());
		if (interceptor != null) {
			InstrumentationMode mode = leaveRaw(model, name, interceptor);
			if (name != null) {
				this.beans.add(name, modelClass, mode);
			}
		}
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
		return new ModelInterceptor(this.calls, this.convenienceMethods, name, embeddings,
				(name != null) ? providerBehind(name, modelClass) : null);
	}

	/**
	 * Return the provider of a model whose own class does not tell it, as that of a
	 * wrapper around the bean does not.
	 */
	private @Nullable String providerBehind(String name, Class<?> modelClass) {
		Class<?> unwrapped = this.beans.unwrapped(name, modelClass);
		return (unwrapped != modelClass) ? ModelProviders.providerOf(unwrapped) : null;
	}

	@Override
	public List<InstrumentedModel> instrumentedModels() {
		findUnseenModels();
		return this.beans.instrumentedModels();
	}

	@Override
	public List<InstrumentedModel> uninstrumentedModels() {
		UnseenModels unseenModels = this.unseenModels;
		return (unseenModels != null) ? unseenModels.uninstrumented().find(settings()) : List.of();
	}

	@Override
	public List<String> unsupportedModels() {
		UnseenModels unseenModels = this.unseenModels;
		return (unseenModels != null) ? unseenModels.uninstrumented().findUnsupportedInUse(settings()) : List.of();
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
		return this.observationHandler;
	}

	ObservedRegistries observedRegistries() {
		return this.observedRegistries;
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

	/**
	 * Set what finds the models that the post-processor has not seen.
	 */
	void setUnseenModels(UnseenModels unseenModels) {
		this.unseenModels = unseenModels;
	}

	private void findUnseenModels() {
		UnseenModels unseenModels = this.unseenModels;
		if (unseenModels != null) {
			unseenModels.find();
		}
	}

	@Override
	public void afterSingletonsInstantiated() {
		findUnseenModels();
		this.calls.open();
		if (this.calls.mayBeRefused()) {
			this.observedRegistries.refuse();
		}
		UnseenModels unseenModels = this.unseenModels;
		this.beans.reportGaps(() -> unseenModels == null || unseenModels.areObserved());
	}

	/**
	 * Let go of the application, as models, proxies and registries of observations may
	 * outlive it. Spring destroys beans in the reverse order of their creation, so that
	 * the requests that other beans make at their end are still recorded.
	 */
	@Override
	public void destroy() {
		this.calls.close();
		this.unseenModels = null;
		this.convenienceMethods.clear();
		this.beans.clear();
		this.rawModels.clear();
	}

}
