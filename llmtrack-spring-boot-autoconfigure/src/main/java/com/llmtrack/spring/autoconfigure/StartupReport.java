// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import com.llmtrack.spring.LlmUsageEventSink;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.env.Environment;

/**
 * Says at start, in one line, what is tracked or why nothing is, and in another what is
 * risky about the way it is. Never names the key.
 */
final class StartupReport {

	private static final Log logger = LogFactory.getLog("com.llmtrack.spring");

	private final LlmTrackProperties properties;

	private final Environment environment;

	private final ListableBeanFactory beanFactory;

	StartupReport(LlmTrackProperties properties, Environment environment, ListableBeanFactory beanFactory) {
		this.properties = properties;
		this.environment = environment;
		this.beanFactory = beanFactory;
	}

	void log() {
		if (!Beans.exist(this.beanFactory, LlmUsageEventSink.class)) {
			reportOff();
			return;
		}
		if (logger.isInfoEnabled()) {
			logger.info(new StartupSummary(this.properties, this.beanFactory));
		}
		if (ApiKeyState.of(this.properties.getApiKey()) == ApiKeyState.USABLE
				&& BaseUrl.exposesKey(this.properties.getBaseUrl())) {
			logger.warn("llmtrack.base-url is plain http: the LLMtrack key can be read on the way to "
					+ this.properties.getBaseUrl().getHost() + ". Use https.");
		}
	}

	private void reportOff() {
		switch (ApiKeyState.in(this.environment)) {
			case USABLE -> logger.warn("LLMtrack is off, because spring-webflux or Jackson is missing from the class "
					+ "path, which llmtrack-spring-boot-starter brings with it and Spring AI.");
			case MISSING -> logger.info("LLMtrack is off, because there is no key. To track what model requests "
					+ "cost, set llmtrack.api-key (or the environment variable LLMTRACK_API_KEY) to an ingestion key "
					+ "from your LLMtrack dashboard; to silence this line, set llmtrack.enabled=false.");
			case OF_A_PROVIDER ->
				logger.error("LLMtrack is off, because llmtrack.api-key looks like the key of a model "
						+ "provider, which must not be given away. Set it to an ingestion key from your LLMtrack "
						+ "dashboard; the provider's key belongs into the provider's own property.");
			case MALFORMED -> logger.error("LLMtrack is off, because llmtrack.api-key has characters that no key has, "
					+ "such as blanks or line breaks. Copy the ingestion key from your LLMtrack dashboard again.");
		}
	}

}
