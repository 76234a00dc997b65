// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.sample;

import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Uses each feature once after the start, so that there are events to see. The property
 * {@code sample.first-requests} limits the features.
 */
@Component
class FirstRequests {

	private static final Logger logger = LoggerFactory.getLogger(FirstRequests.class);

	private final Assistant assistant;

	private final Set<String> features;

	FirstRequests(Assistant assistant,
			@Value("${sample.first-requests:support-chat,summary,story,order-status,translation}") Set<String> features) {
		this.assistant = assistant;
		this.features = features;
	}

	@EventListener(ApplicationReadyEvent.class)
	void useEachFeatureOnce() {
		use("support-chat", () -> this.assistant.answer("acme", "1", "How do I reset my password?").blockLast());
		use("summary", () -> this.assistant.summarize("Spring AI calls models. LLMtrack shows what the calls cost."));
		use("story", () -> this.assistant.tell("a lighthouse").blockLast());
		use("order-status", () -> this.assistant.findOrder("globex", "Where is order 4711?"));
		use("translation", () -> this.assistant.translate("Good morning"));
	}

	private void use(String feature, Runnable request) {
		if (!this.features.contains(feature)) {
			return;
		}
		try {
			request.run();
			logger.info("Feature {}: the model answered", feature);
		}
		catch (RuntimeException ex) {
			logger.info("Feature {}: the model failed with {}", feature, ex.getClass().getSimpleName());
		}
	}

}
