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

import java.util.function.Supplier;

import com.llmtrack.spring.LlmUsageEventSink;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.StreamingChatModel;
import org.springframework.aop.Advisor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

/**
 * Measures the calls of every {@link ChatModel} and {@link StreamingChatModel} bean.
 * <p>
 * A bean of a final class has to stay as it is: whoever looks it up or has it injected by
 * its class could not be given a proxy. Such a model is measured where it is injected by
 * interface instead, for which this post-processor puts a {@link MeasuredModelResolver}
 * in front of the bean factory's resolver.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public final class ChatModelPostProcessor extends AdvisingPostProcessor implements BeanFactoryAware {

	private final transient Advisor advisor;

	private final transient RawModels rawModels = new RawModels();

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
		if (ExtendableClasses.isKnownByInterfacesOnly(bean.getClass())) {
			return interfaceProxy(bean, advisor);
		}
		this.rawModels.add(bean, (model) -> interfaceProxy(model, advisor));
		return bean;
	}

}
