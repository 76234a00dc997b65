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

import java.lang.reflect.Method;
import java.util.function.Supplier;

import com.llmtrack.spring.LlmUsageEventSink;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.StreamingChatModel;
import org.springframework.ai.model.ModelRequest;
import org.springframework.aop.Advisor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.core.ResolvableType;

/**
 * Measures the calls of every {@link ChatModel} and {@link StreamingChatModel} bean.
 * <p>
 * A bean of a final class that is declared by that class has to stay as it is: whoever
 * looks it up or has it injected by its class could not be given a proxy. Such a model is
 * measured where it is injected by interface instead, for which this post-processor puts
 * a {@link MeasuredModelResolver} in front of the bean factory's resolver.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public final class ChatModelPostProcessor extends AdvisingPostProcessor implements BeanFactoryAware {

	private final transient Advisor advisor;

	private final transient RawModels rawModels = new RawModels();

	private transient @Nullable DefaultListableBeanFactory beanFactory;

	/**
	 * Create a post-processor. Neither argument is used before the first event is there,
	 * so that no bean has to be created before its time.
	 * @param sink supplies where the events go
	 * @param defaults supplies what the events say where a call says nothing
	 */
	public ChatModelPostProcessor(Supplier<LlmUsageEventSink> sink, Supplier<EventDefaults> defaults) {
		ModelCallTracker tracker = new ModelCallTracker(sink, defaults);
		this.advisor = new DefaultPointcutAdvisor(new ModelMethods(), new ChatModelInterceptor(tracker));
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		if (beanFactory instanceof DefaultListableBeanFactory listable) {
			this.beanFactory = listable;
			listable.setAutowireCandidateResolver(
					new MeasuredModelResolver(listable.getAutowireCandidateResolver(), listable, this.rawModels));
		}
	}

	@Override
	protected @Nullable Advisor advisorFor(String beanName, Class<?> targetClass) {
		return StreamingChatModel.class.isAssignableFrom(targetClass) ? this.advisor : null;
	}

	@Override
	protected Object adviseUnextendable(Object bean, String beanName, Advisor advisor) {
		if (ExtendableClasses.isKnownByInterfacesOnly(bean.getClass()) || isDeclaredByInterface(beanName)) {
			return interfaceProxy(bean, advisor);
		}
		this.rawModels.add(bean, (model) -> interfaceProxy(model, advisor));
		return bean;
	}

	private boolean isDeclaredByInterface(String beanName) {
		if (this.beanFactory == null || !this.beanFactory.containsBeanDefinition(beanName)) {
			return false;
		}
		ResolvableType declared = this.beanFactory.getMergedBeanDefinition(beanName).getResolvableType();
		ResolvableType product = declared.as(FactoryBean.class);
		Class<?> type = ((product != ResolvableType.NONE) ? product.getGeneric() : declared).resolve();
		return type != null && type.isInterface();
	}

	/**
	 * The methods that send a request: all overloads of {@code call} and {@code stream}.
	 */
	private static final class ModelMethods extends StaticMethodMatcherPointcut {

		@Override
		public boolean matches(Method method, Class<?> targetClass) {
			return (method.getName().equals("call") || method.getName().equals("stream"))
					&& method.getParameterCount() == 1 && isRequest(method.getParameterTypes()[0]);
		}

		private static boolean isRequest(Class<?> type) {
			return ModelRequest.class.isAssignableFrom(type) || type == String.class || type == Message[].class;
		}

	}

}
