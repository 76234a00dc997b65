// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import com.llmtrack.spring.LlmTrackConnectionDetails;
import com.llmtrack.spring.LlmUsageEventSink;
import com.llmtrack.spring.delivery.EventDispatcher;
import com.llmtrack.spring.instrumentation.model.InstrumentedModel;
import com.llmtrack.spring.instrumentation.model.InstrumentedModels;

import org.springframework.beans.factory.ListableBeanFactory;

/**
 * Says in one line what is tracked, where the events go, and what is off. Creates no
 * bean, and never names the key.
 */
final class StartupSummary {

	private final LlmTrackProperties properties;

	private final ListableBeanFactory beanFactory;

	StartupSummary(LlmTrackProperties properties, ListableBeanFactory beanFactory) {
		this.properties = properties;
		this.beanFactory = beanFactory;
	}

	@Override
	public String toString() {
		List<String> off = off();
		return "LLMtrack tracks " + models() + " and sends events to " + destination()
				+ (off.isEmpty() ? "." : "; off: " + String.join(", ", off) + ".");
	}

	private String models() {
		if (!hasBean(InstrumentedModels.class)) {
			return "what the application records itself (there is no Spring AI)";
		}
		if (!this.properties.getInstrumentation().isEnabled()) {
			return "the models that the application instruments itself";
		}
		// There already, as the post-processors have it
		long models = this.beanFactory.getBeanProvider(InstrumentedModels.class)
			.stream()
			.flatMap((instrumentation) -> instrumentation.instrumentedModels().stream())
			.filter(InstrumentedModel::instrumented)
			.count();
		return models + ((models == 1) ? " model bean" : " model beans")
				+ ((models == 0) ? " (those created later count, too)" : "");
	}

	private String destination() {
		if (!hasBean(EventDispatcher.class)) {
			return "the application's own " + LlmUsageEventSink.class.getSimpleName();
		}
		return hasBean(LlmTrackConnectionDetails.class)
				? "where its " + LlmTrackConnectionDetails.class.getSimpleName() + " says"
				: this.properties.getBaseUrl().toString();
	}

	private boolean hasBean(Class<?> type) {
		return Beans.exist(this.beanFactory, type);
	}

	private List<String> off() {
		List<String> off = new ArrayList<>();
		if (!this.properties.getInstrumentation().isEnabled()) {
			off.add("llmtrack.instrumentation.enabled");
		}
		if (!this.properties.getInstrumentation().isEmbeddings()) {
			off.add("embeddings");
		}
		if (!this.properties.getEvent().isExtendedFields()) {
			off.add("extended fields");
		}
		return off;
	}

}
