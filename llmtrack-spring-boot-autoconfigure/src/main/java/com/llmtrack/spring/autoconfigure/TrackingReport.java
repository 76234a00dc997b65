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
final class TrackingReport {

	private static final Log logger = LogFactory.getLog("com.llmtrack.spring");

	private final LlmTrackProperties properties;

	private final Environment environment;

	private final ListableBeanFactory beanFactory;

	TrackingReport(LlmTrackProperties properties, Environment environment, ListableBeanFactory beanFactory) {
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
			logger.info(new StartReport(this.properties, this.beanFactory));
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
