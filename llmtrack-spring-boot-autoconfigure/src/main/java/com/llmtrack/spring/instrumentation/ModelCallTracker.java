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

import com.llmtrack.spring.LlmFeatureContext;
import com.llmtrack.spring.LlmRequestStatus;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.LlmUsageEventSink;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.util.StringUtils;

/**
 * Follows model calls and turns each into one event. Runs inside the application's calls
 * and on any of its threads, so that nothing here throws, waits or does I/O.
 */
final class ModelCallTracker {

	private static final ThreadLocal<@Nullable ModelCall> CURRENT = new ThreadLocal<>();

	private final Supplier<LlmUsageEventSink> sink;

	private final Supplier<EventDefaults> defaults;

	private final TrackingFailures failures = new TrackingFailures();

	/**
	 * Create a tracker.
	 * @param sink supplies where the events go, when the first one is there
	 * @param defaults supplies what events say where a call says nothing, likewise
	 */
	ModelCallTracker(Supplier<LlmUsageEventSink> sink, Supplier<EventDefaults> defaults) {
		this.sink = new UnlockedLazy<>(sink);
		this.defaults = new UnlockedLazy<>(defaults);
	}

	/**
	 * Begin a blocking call, to be finished by the same thread.
	 */
	ModelCall begin() {
		return new ModelCall(CURRENT.get(), LlmFeatureContext.current());
	}

	/**
	 * Begin a stream, when it is subscribed to. Its feature is the subscriber's, else
	 * that of the subscribing thread, else that of the method which asked for the stream.
	 */
	ModelCall begin(ContextView context, @Nullable String assemblyFeature) {
		ModelCall outer = context.getOrDefault(ModelCall.class, CURRENT.get());
		return new ModelCall(outer, feature(context, assemblyFeature));
	}

	private static @Nullable String feature(ContextView context, @Nullable String assemblyFeature) {
		if (context.getOrDefault(LlmFeatureContext.REACTOR_KEY, null) instanceof String feature) {
			return feature;
		}
		String feature = LlmFeatureContext.current();
		return (feature != null) ? feature : assemblyFeature;
	}

	/**
	 * Make a call the thread's current one.
	 * @return the one that was current before
	 */
	static @Nullable ModelCall enter(@Nullable ModelCall call) {
		ModelCall previous = CURRENT.get();
		if (call != null) {
			CURRENT.set(call);
		}
		else {
			CURRENT.remove();
		}
		return previous;
	}

	void observe(ModelCall call, @Nullable ChatResponse response) {
		try {
			call.observe(response);
		}
		catch (Throwable ex) {
			this.failures.contain(ex);
		}
	}

	/**
	 * End a call and record its event, unless it has ended before or was passed on to
	 * another model that is tracked itself.
	 */
	void end(ModelCall call, LlmRequestStatus status, @Nullable Prompt prompt, @Nullable Object target) {
		try {
			if (call.end() && !call.isDelegated()) {
				this.sink.get().record(event(call, status, prompt, target));
			}
		}
		catch (Throwable ex) {
			this.failures.contain(ex);
		}
	}

	/**
	 * End a call that failed, likewise.
	 */
	void fail(ModelCall call, Throwable failure, @Nullable Prompt prompt, @Nullable Object target) {
		end(call, status(failure), prompt, target);
	}

	private LlmRequestStatus status(Throwable failure) {
		try {
			return FailureStatus.of(failure);
		}
		catch (Throwable ex) {
			this.failures.contain(ex);
			return LlmRequestStatus.ERROR;
		}
	}

	private LlmUsageEvent event(ModelCall call, LlmRequestStatus status, @Nullable Prompt prompt,
			@Nullable Object target) {
		EventDefaults defaults = this.defaults.get();
		TokenUsage usage = call.usage();
		return LlmUsageEvent.builder()
			.provider(provider(target))
			.model(model(call, prompt, target))
			.latency(call.elapsed())
			.status(status)
			.feature(StringUtils.hasText(call.feature()) ? call.feature() : defaults.feature())
			.environment(defaults.environment())
			.tokens(usage.prompt(), usage.completion(), usage.total())
			.build();
	}

	private @Nullable String provider(@Nullable Object target) {
		return (target != null) ? ModelProviders.providerOf(AopProxyUtils.ultimateTargetClass(target)) : null;
	}

	private @Nullable String model(ModelCall call, @Nullable Prompt prompt, @Nullable Object target) {
		String model = call.model();
		if (model != null) {
			return model;
		}
		try {
			return RequestedModel.of(prompt, target);
		}
		catch (Throwable ex) {
			// The options are the application's code: without them the event is still
			// true
			return null;
		}
	}

}
